/** The last thing that happened at a counter, as the frames tell it, and how long it can still be undone. */
import { shallowRef } from 'vue'
import { servedSince } from '../components/counter/times'
import type { Counter, FrameBody, Ticket } from '../wire/types'
import { hubNow } from './useClock'

export interface LastStep { kind: string; number: string | null; at: Date; tookS: number | null; reason: string | null; undoable: boolean
  /** How many wait before a ticket that was sent into a line, where that is known. */
  ahead?: number }

/** What is done to a ticket that is at no counter, by its verb: no frame of the counter tells of it. */
const ASIDE: Record<string, string> = { return: 'returned', cancel: 'cancelled', check_in: 'checked_in', reprioritise: 'reprioritised', transfer: 'transferred' }
const INTO_A_LINE = ['returned', 'transferred']

/** What `undo` takes back; everything else (opening, pausing) is simply done the other way. */
const UNDOABLE = ['called', 'recalled', 'started', 'finished', 'no_show', 'parked', 'unparked', 'transferred']

export function useLastStep(counter: string) {
  const step = shallowRef<LastStep | null>(null)

  /** `before` is this counter as it was; `servedS` how long its ticket had been served before it was put aside. */
  function heard(kind: string, body: FrameBody, before: Counter | null = null, servedS = 0): void {
    const touched = [body.counter, body.other_counter].find(c => c?.id === counter)
    if (!touched) return overtaken(body.ticket)
    const at = body.time ? new Date(body.time) : hubNow()
    const ticket = body.ticket ?? null
    const begun = servedSince(before, ticket)
    step.value = {
      kind: kind === 'counter' ? touched.state : kind, number: ticket?.number ?? null, at, reason: body.reason ?? touched.reason,
      tookS: kind === 'finished' && begun ? servedS + (at.getTime() - Date.parse(begun)) / 1_000 : null, undoable: UNDOABLE.includes(kind),
    }
  }

  /** Something else happened to the ticket of the last step: the hub would not undo it any more. */
  function overtaken(ticket: Ticket | undefined): void {
    if (ticket && step.value?.number === ticket.number) step.value = { ...step.value, undoable: false }
  }

  /** A parked ticket went back into the line: done from here, though it is no step of the counter. */
  function backInLine(number: string): void {
    step.value = { kind: 'back_in_line', number, at: hubNow(), tookS: null, reason: null, undoable: false }
  }

  /** Done from here to a ticket in a line, or to one that was missed. */
  function aside(verb: string, ticket: { number: string; ahead: number | null }): void {
    const kind = ASIDE[verb]
    if (!kind) return
    const place = INTO_A_LINE.includes(kind) && ticket.ahead !== null ? { ahead: ticket.ahead } : {}
    step.value = { kind, number: ticket.number, at: hubNow(), tookS: null, reason: null, undoable: false, ...place }
  }

  return { step, heard, aside, backInLine }
}

/** Seconds left to undo a step, or 0. */
export function undoLeft(step: LastStep | null, now: Date, undoS: number): number {
  if (!step?.undoable) return 0
  return Math.min(undoS, Math.max(0, Math.ceil(undoS - (now.getTime() - step.at.getTime()) / 1_000)))
}

/** What the board itself tells of the last step, for a page that was just opened. */
export function stepOf(counter: Counter | null, ticket: Ticket | null): LastStep | null {
  if (!counter || !ticket) return null
  const calls = ticket.calls ?? 1
  const [kind, at] = counter.state === 'serving' ? ['started', servedSince(counter, ticket)]
    : calls > 1 ? ['recalled', ticket.spoken_at] : ['called', ticket.called_at]
  return kind && at ? { kind, number: ticket.number, at: new Date(at), tookS: null, reason: null, undoable: true } : null
}
