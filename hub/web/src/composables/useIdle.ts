/**
 * Signs out when nobody touches the page for the time the hub sets, and says so a minute before. As long as somebody
 * works here the hub is told now and then, so that a long service does not end the session.
 */
import { computed, onScopeDispose, ref } from 'vue'
import { lockIdle, readMe, signOutIdle, useSession } from './useSession'

const WARN_S = 60
const TICK_MS = 1_000
/** The hub hears of activity this often at most, and well before the session would end. */
const ALIVE_MS = 120_000
const ALIVE_SHARE = 3
/** The hub writes the last use down this exactly: the page ends a little earlier, and so it is the page that says why. */
const EXACT_S = 30
const EXACT_SHARE = 10
const AHEAD_S = 2
const ACTIVITY = ['pointerdown', 'keydown', 'wheel'] as const

/** `keeps`: whether something here would be lost; the page is then covered instead of left. */
export function useIdle(keeps: () => boolean = () => false) {
  const { me, locked } = useSession()
  const idleMs = ref(0)
  let touchedAt = Date.now()
  let toldAt = Date.now()

  const left = computed(() => {
    const limit = me.value?.idle_s
    if (!limit || locked.value) return null
    const seconds = Math.ceil(limit - Math.min(EXACT_S, limit / EXACT_SHARE) - AHEAD_S - idleMs.value / 1_000)
    return seconds <= Math.min(WARN_S, limit / 2) ? Math.max(0, seconds) : null
  })

  let owed = false
  function touch(): void {
    touchedAt = Date.now()
    idleMs.value = 0
    owed = true
    tell()
  }

  /** At once, or when it is time again: the hub never believes a page left before the page does. */
  function tell(): void {
    if (!owed || Date.now() - toldAt < Math.min(ALIVE_MS, (me.value?.idle_s ?? 0) * 1_000 / ALIVE_SHARE)) return
    toldAt = Date.now()
    owed = false
    readMe(true).catch(() => { /* the page says elsewhere that the hub is away */ })
  }

  const timer = setInterval(() => {
    idleMs.value = Date.now() - touchedAt
    tell()
    if (left.value !== 0) return
    if (keeps()) return void lockIdle()
    clearInterval(timer)
    void signOutIdle()
  }, TICK_MS)
  for (const kind of ACTIVITY) window.addEventListener(kind, touch, { passive: true })
  onScopeDispose(() => {
    clearInterval(timer)
    for (const kind of ACTIVITY) window.removeEventListener(kind, touch)
  })
  return { left, touch }
}
