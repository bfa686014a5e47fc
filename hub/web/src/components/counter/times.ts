/** Short times of figures: `7:40`. Unknown is a dash. */
import { UNKNOWN } from '../../i18n/format'

const MINUTE_S = 60

export function shortTime(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return UNKNOWN
  const whole = Math.round(seconds)
  return `${Math.floor(whole / MINUTE_S)}:${String(whole % MINUTE_S).padStart(2, '0')}`
}
