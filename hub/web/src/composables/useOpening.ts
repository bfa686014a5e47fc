/** When a hall that is closed now, or resting at noon, takes tickets again. Asked only while it matters. */
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { get } from '../wire/http'
import type { Offer } from '../wire/types'

const ASK_MS = 300_000

/** `queues`: those asked about; none is the whole hall. */
export function useOpening(hall: () => string, matters: Ref<boolean>, queues: () => readonly string[] = () => []): { opens: Ref<Date | null> } {
  const opens = ref<Date | null>(null) as Ref<Date | null>
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    clearTimeout(timer)
    if (!matters.value) return
    try {
      const offer = await get<Offer>(`/halls/${encodeURIComponent(hall())}/offer`)
      const asked = queues()
      const times = offer.queues.filter(q => !asked.length || asked.includes(q.id)).map(q => q.opens_at).filter((t): t is string => !!t).map(t => Date.parse(t))
      opens.value = times.length ? new Date(Math.min(...times)) : null
    } catch {
      opens.value = null
    }
    timer = setTimeout(look, ASK_MS)
  }

  watch(matters, look, { immediate: true })
  onScopeDispose(() => clearTimeout(timer))
  return { opens }
}
