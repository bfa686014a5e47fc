/** Whether a text can be said, asked before it goes out: nobody hears anything. */
import { ref, shallowRef } from 'vue'
import { post } from '../wire/http'
import type { SaidAnswer } from '../wire/office'

export function usePreview(hall: () => string) {
  const answer = shallowRef<SaidAnswer | null>(null)
  const busy = ref(false)
  let asked = 0

  /** An answer that does not come is no reason to hold anything up. */
  async function look(body: object | null): Promise<void> {
    const mine = ++asked
    answer.value = null
    busy.value = body !== null
    if (!body) return
    const got = await post<SaidAnswer>(`/halls/${encodeURIComponent(hall())}/say`, body, { spoken: true }).catch(() => null)
    if (mine !== asked) return
    answer.value = got
    busy.value = false
  }
  return { answer, busy, look }
}
