/** What a hall offers at its kiosks, with the people who wait and the waits as they are now. */
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { get } from '../wire/http'
import { Problem } from '../wire/problem'
import type { Offer } from '../wire/types'
import { useHall } from './useHall'

const REFRESH_MS = 60_000
const RETRY_MS = 4_000
/** A link that comes back at once is not worth a word. */
const LOST_AFTER_MS = 3_000
const CHANGES = ['configured', 'queue', 'day']

/** `player` is the kiosk itself: in a hall that keeps its floors apart, its floor counts. `again`: what it knows of itself may be old. */
export function useOffer(hall: string, player: string | null, zones: string[], token: () => string | null, again: () => void) {
  const offer = shallowRef<Offer | null>(null)
  const lost = ref(false)
  /** The hub knows no such hall. */
  const missing = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let patience: ReturnType<typeof setTimeout> | undefined

  async function read(): Promise<void> {
    clearTimeout(timer)
    try {
      const bearer = token()
      offer.value = await get<Offer>(`/halls/${encodeURIComponent(hall)}/offer${player ? `?player=${encodeURIComponent(player)}` : ''}`, bearer ? { token: bearer } : {})
      missing.value = false
      timer = setTimeout(read, REFRESH_MS)
    } catch (error) {
      missing.value = error instanceof Problem && error.status === 404
      timer = setTimeout(read, RETRY_MS)
    }
  }

  const { board, live, closeCode } = useHall({ hall, face: 'kiosk', zones, token, again, onFrame: kind => { if (CHANGES.includes(kind)) void read() } })
  watch(live, now => {
    clearTimeout(patience)
    if (now) lost.value = false
    else patience = setTimeout(() => { lost.value = true }, LOST_AFTER_MS)
  }, { immediate: true })

  const queues = computed(() => (offer.value?.queues ?? []).map(queue => {
    const now = live.value ? board.value?.queues.find(q => q.id === queue.id) : undefined
    return now ? { ...queue, waiting: now.waiting, state: now.state, estimate: now.estimate ?? queue.estimate } : queue
  }))
  void read()
  onScopeDispose(() => { clearTimeout(timer); clearTimeout(patience) })
  return { offer, queues, lost, missing, closeCode, hall: computed(() => board.value?.hall ?? null), notices: () => board.value?.notices, read }
}
