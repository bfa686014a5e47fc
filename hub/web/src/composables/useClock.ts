/** The hub's time, ticking once a second. Pages never trust the clock of the machine they run on. */
import { onScopeDispose, readonly, ref, type Ref } from 'vue'

const TICK_MS = 1_000
/** The hub's clock minus ours, from the last welcome or beat. */
const offsetMs = ref(0)

export function learnOffset(ms: number): void {
  if (Number.isFinite(ms)) offsetMs.value = ms
}

/** Now, by the hub's clock. */
export function hubNow(): Date {
  return new Date(Date.now() + offsetMs.value)
}

export function useClock(): { now: Readonly<Ref<Date>> } {
  const now = ref(hubNow())
  const timer = setInterval(() => { now.value = hubNow() }, TICK_MS)
  onScopeDispose(() => clearInterval(timer))
  return { now: readonly(now) as Readonly<Ref<Date>> }
}
