/** Times between zones: what a zone is called, and which instant a day begins at in it. Pure. */
import { langTag, type Language } from './index'
import { isoDay, local } from './format'

const MINUTE_MS = 60_000
const DAY_MIN = 1_440

/** The zone of the machine the page runs on. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** `中国标准时间` / `China Standard Time`. */
export function zoneName(of: Language, zone: string, at = new Date()): string {
  const parts = new Intl.DateTimeFormat(langTag(of), { timeZone: zone, timeZoneName: 'long' }).formatToParts(at)
  return parts.find(part => part.type === 'timeZoneName')?.value ?? zone
}

/** Minutes a wall clock in `zone` is ahead of UTC at `at`. */
function aheadMin(at: Date, zone: string): number {
  const [hour = 0, minute = 0] = local(at, zone).time.split(':').map(Number)
  const utc = at.getUTCHours() * 60 + at.getUTCMinutes()
  const days = Math.round((Date.parse(isoDay(at, zone)) - Date.parse(isoDay(at, 'UTC'))) / (DAY_MIN * MINUTE_MS))
  return days * DAY_MIN + hour * 60 + minute - utc
}

/** The instant at which a clock in `zone` shows this day and time (`2025-11-24`, `00:00:00`). */
export function instantIn(zone: string, day: string, time: string): Date {
  const asUtc = Date.parse(`${day}T${time}Z`)
  const near = asUtc - aheadMin(new Date(asUtc), zone) * MINUTE_MS
  // Once more, for days on which the clock is moved.
  return new Date(asUtc - aheadMin(new Date(near), zone) * MINUTE_MS)
}
