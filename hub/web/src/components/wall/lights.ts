/** The lights of lateness: ok, near, late, off. Pure; each light has a word and an icon, the colour repeats them. */
import type { Counter, Ticket } from '../../wire/types'

export type Light = 'ok' | 'near' | 'late' | 'off'

/** From this share of the limit on a wait is near it. */
const NEAR_SHARE = 0.8
/** A counter that is paused longer than this is late. */
export const PAUSE_LATE_S = 900
/** Where the mark of the limit stands on a bar, percent. */
export const LIMIT_AT = 66.7

export function waitLight(longestS: number, limitS: number, openCounters: number, waiting: number): Light {
  if (!waiting && !openCounters) return 'off'
  if (longestS >= limitS) return 'late'
  // Nobody will call them until a counter opens.
  if (waiting && !openCounters) return 'near'
  return longestS >= limitS * NEAR_SHARE ? 'near' : 'ok'
}

/** How long the bar of a queue is, percent of its width. */
export function barOf(longestS: number, limitS: number): number {
  return limitS > 0 ? Math.min(100, longestS / limitS * LIMIT_AT) : 0
}

/** Seconds the longest waits in a queue; nobody waits: 0. */
export function longestWait(tickets: readonly Ticket[], queue: string, now: Date): number {
  const since = tickets.filter(t => t.queue === queue && t.state === 'waiting').map(t => Date.parse(t.waiting_since ?? t.issued_at ?? ''))
  const first = Math.min(...since.filter(Number.isFinite))
  return Number.isFinite(first) ? Math.max(0, (now.getTime() - first) / 1_000) : 0
}

/** How a counter looks on the wall. */
export type Look = 'serve' | 'call' | 'idle' | 'idle-late' | 'pause' | 'late' | 'off'

export interface CounterScene { counter: Counter; now: Date; waitingForIt: number; idleLimitS: number }

export function lookOf({ counter, now, waitingForIt, idleLimitS }: CounterScene): Look {
  const forS = counter.since ? (now.getTime() - Date.parse(counter.since)) / 1_000 : 0
  switch (counter.state) {
    case 'closed': return 'off'
    case 'calling': return 'call'
    case 'serving': return 'serve'
    case 'paused': return forS > PAUSE_LATE_S ? 'late' : 'pause'
    case 'open': case 'wrapping_up': return waitingForIt > 0 && forS > idleLimitS ? 'idle-late' : 'idle'
  }
}

/** How many lines of the device panel are left under the kinds, two of which share a row. */
export function linesUnder(kinds: number): number {
  const [lines, perRow, least] = [5, 2, 1]
  return Math.max(least, lines - perRow * (Math.ceil(kinds / 2) - 1))
}

/** How many broken devices are named in so many lines; one line is kept for the others where not all fit. */
export function namedIn(lines: number, away: number): number {
  return away <= lines ? away : lines - 1
}

/** Columns of the counter grid, so that tiles stay readable and never change place. */
export function columnsFor(count: number): number {
  const [few, most] = [4, 8]
  return Math.min(most, Math.max(few, Math.ceil(Math.sqrt(count))))
}
