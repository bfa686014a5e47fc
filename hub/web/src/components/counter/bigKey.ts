/**
 * The one next step of a counter, for the big key. Pure: what the board says in, what the key says out.
 *
 * The key never guesses: what it shows is what the hub committed, and it is off while that is not known.
 */
import type { Counter, CounterState, Ticket } from '../../wire/types'

export type Step = 'open' | 'call' | 'start' | 'finish' | 'resume'
export type Off = 'not_live' | 'unconfirmed' | 'day_closed' | 'sending'

export interface BigKey {
  /** What pressing it asks for. */
  step: Step
  /** Why it does nothing now, or nothing. */
  off: Off | null
  /** Nobody is there to be called; the key stays and says so. */
  empty: boolean
}

export interface Seen {
  counter: Counter
  ticket: Ticket | null
  waiting: number
  live: boolean
  dayOpen: boolean
  unconfirmed: boolean
  sending: boolean
}

const STEPS: Record<CounterState, Step> = {
  closed: 'open', open: 'call', wrapping_up: 'call', calling: 'start', serving: 'finish', paused: 'resume',
}

export function bigKey(seen: Seen): BigKey {
  const step = STEPS[seen.counter.state]
  return { step, off: whyOff(seen), empty: step === 'call' && seen.waiting === 0 }
}

function whyOff(seen: Seen): Off | null {
  if (seen.unconfirmed) return 'unconfirmed'
  if (!seen.live) return 'not_live'
  // Whoever is at the counter is served to the end; only new calls stop with the day.
  if (!seen.dayOpen && !seen.ticket) return 'day_closed'
  return seen.sending ? 'sending' : null
}

/** The command behind each step. */
export const VERBS: Record<Step, string> = {
  open: 'open_counter', call: 'call_next', start: 'start', finish: 'finish', resume: 'resume_counter',
}

/** What a change of the key looks like: as long as this stays the same, nothing happened to it. */
export function stateMark(counter: Counter | null): string {
  return counter ? `${counter.state}/${counter.ticket ?? ''}` : ''
}

/** The key is deaf this long after each change of state, so that a double press is one press. */
export const DEAF_MS = 600
