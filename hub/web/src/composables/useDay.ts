/** The figures of the day at this counter: my own, and what is usual in each queue. */
import { onScopeDispose, shallowRef } from 'vue'
import { get } from '../wire/http'
import type { MyDay, Today } from '../wire/office'

const AGAIN_MS = 60_000
/** The report tables are written with the entry; a moment later they can be read. */
const PATIENCE_MS = 300

export function useDay(hall: string) {
  const mine = shallowRef<MyDay | null>(null)
  /** Mean service time of each queue today, seconds. */
  const usual = shallowRef<Map<string, number>>(new Map())
  let timer: ReturnType<typeof setTimeout> | undefined

  function look(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), PATIENCE_MS)
  }

  async function ask(): Promise<void> {
    try {
      const base = `/halls/${encodeURIComponent(hall)}/today`
      mine.value = await get<MyDay>(`${base}/me`)
      const today = await get<Today>(base)
      usual.value = new Map(today.queues.flatMap(q => (q.service_mean_s === null ? [] : [[q.id, q.service_mean_s]])))
    } catch {
      // Figures are a comfort, never a reason to stop: the last ones stay.
    }
    timer = setTimeout(() => void ask(), AGAIN_MS)
  }

  look()
  onScopeDispose(() => clearTimeout(timer))
  return { mine, usual, look }
}
