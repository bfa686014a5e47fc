/** Announcements that are shown now, the one that stays longest first. Pure. */
import type { Notice } from '../../wire/types'

const MINUTE_MS = 60_000

/** One announcement with the whole minutes it is still shown, at least one. */
export interface Running { notice: Notice; minutes: number }

export function runningAt(notices: readonly Notice[], now: Date): Running[] {
  return notices.map(notice => ({ notice, ms: Date.parse(notice.until) - now.getTime() })).filter(it => it.ms > 0)
    .sort((a, b) => b.ms - a.ms).map(({ notice, ms }) => ({ notice, minutes: Math.ceil(ms / MINUTE_MS) }))
}
