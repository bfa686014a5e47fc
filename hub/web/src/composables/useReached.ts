/** Whether the hub still answers a page that follows nothing live by itself: asked now and then, in silence. */
import { readonly, shallowRef, watch } from 'vue'
import { hubNow } from './useClock'
import { usePoll } from './usePoll'

const ASK_MS = 5_000

export function useReached() {
  const health = usePoll<{ ok: boolean }>(() => '/health', ASK_MS)
  /** When the hub last answered. */
  const since = shallowRef<Date | null>(null)
  watch(health.value, told => { if (told) since.value = hubNow() })
  return { lost: health.failed, since: readonly(since), again: health.look }
}
