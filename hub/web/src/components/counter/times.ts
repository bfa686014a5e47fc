/** Short times of figures: `7:40`. Unknown is a dash. */
import { say } from '../../i18n'
import { counter as words } from '../../i18n/words/counter'
import { UNKNOWN } from '../../i18n/format'
import type { Counter, Ticket } from '../../wire/types'

const MINUTE_S = 60

export function shortTime(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return UNKNOWN
  const whole = Math.round(seconds)
  return `${Math.floor(whole / MINUTE_S)}:${String(whole % MINUTE_S).padStart(2, '0')}`
}

/** A length of time in words; nothing for less than a second, which nobody measured. */
export function spelled(seconds: number): string {
  const whole = Math.floor(seconds)
  if (whole < 1) return ''
  const fill = { minutes: Math.floor(whole / MINUTE_S), seconds: whole % MINUTE_S }
  return say(fill.minutes ? words.minutesSeconds : words.onlySeconds, fill)
}

/**
 * Since when whoever is here is being served, now. A ticket that was put aside and taken back keeps its first
 * `started_at`; the counter tells when this service began. What was served before it was put aside is its `served_s`.
 */
export function servedSince(counter: Pick<Counter, 'state' | 'since'> | null, ticket: Ticket | null): string | null {
  if (counter?.state !== 'serving') return null
  return counter.since ?? ticket?.started_at ?? null
}
