/** Counts down while nobody touches the page, and says when the time is up. `limit` null: no countdown. */
import { computed, onScopeDispose, ref, watch } from 'vue'

const TICK_MS = 250
const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const

export function useCountdown(limit: () => number | null, done: () => void) {
  const since = ref(Date.now())
  const now = ref(Date.now())
  const touched = () => { since.value = now.value = Date.now() }
  for (const kind of TOUCHES) window.addEventListener(kind, touched, { passive: true, capture: true })

  const left = computed(() => {
    const seconds = limit()
    return seconds === null ? null : Math.max(0, Math.ceil(seconds - (now.value - since.value) / 1_000))
  })
  const timer = setInterval(() => {
    now.value = Date.now()
    if (left.value === 0) { touched(); done() }
  }, TICK_MS)
  watch(limit, touched)
  onScopeDispose(() => {
    clearInterval(timer)
    for (const kind of TOUCHES) window.removeEventListener(kind, touched, { capture: true })
  })
  return { left, touched }
}
