/** A test on one speaker alone: whether it was asked to play, or in words why it was not. */
import { computed, ref, shallowRef } from 'vue'
import { say } from '../i18n'
import { testRefusals } from '../i18n/words/speech'
import { post } from '../wire/http'
import { sentence, type Problem } from '../wire/problem'
import { asProblem } from './useList'

const FORBIDDEN = 403

export function useSpeakerTest(hall: () => string, speaker: () => string) {
  const asked = ref(false)
  const busy = ref(false)
  const refused = shallowRef<Problem | null>(null)
  const why = computed(() => {
    if (!refused.value) return ''
    const own = testRefusals[refused.value.status === FORBIDDEN ? 'forbidden' : refused.value.code]
    return own ? say(own) : sentence(refused.value)
  })
  function forget(): void {
    asked.value = false
    refused.value = null
  }
  async function run(): Promise<void> {
    if (busy.value) return
    forget()
    busy.value = true
    try {
      await post(`/halls/${encodeURIComponent(hall())}/speakers/${encodeURIComponent(speaker())}/test`)
      asked.value = true
    } catch (error) {
      refused.value = asProblem(error)
    } finally {
      busy.value = false
    }
  }
  return { asked, busy, refused, why, run, forget }
}
