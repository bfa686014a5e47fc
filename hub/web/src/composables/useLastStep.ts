/** The last thing that happened at a counter, as the frames tell it, and how long it can still be undone. */
import { ref, shallowRef } from 'vue'
import type { Counter, FrameBody, Ticket } from '../wire/types'
import { hubNow } from './useClock'

export interface LastStep { kind: string; number: string | null; at: Date; tookS: number | null; reason: string | null; undoable: boolean }

/** What `undo` takes back; everything else (opening, pausing) is simply done the other way. */
const UNDOABLE = ['called', 'recalled', 'started', 'finished', 'no_show', 'parked', 'unparked', 'transferred']

export function useLastStep(counter: string) {
  const step = shallowRef<LastStep | null>(null)
  const startedAt = ref<number | null>(null)

  function heard(kind: string, body: FrameBody): void {
    const touched = [body.counter, body.other_counter].find(c => c?.id === counter)
    if (!touched) return overtaken(body.ticket)
    const at = body.time ? new Date(body.time) : hubNow()
    const ticket = body.ticket ?? null
    const begun = ticket?.started_at ? Date.parse(ticket.started_at) : startedAt.value
    step.value = {
      kind: kind === 'counter' ? touched.state : kind, number: ticket?.number ?? null, at, reason: body.reason ?? touched.reason,
      tookS: kind === 'finished' && begun ? (at.getTime() - begun) / 1_000 : null, undoable: UNDOABLE.includes(kind),
    }
    startedAt.value = ticket?.state === 'serving' && ticket.started_at ? Date.parse(ticket.started_at) : null
  }

  /** Something else happened to the ticket of the last step: the hub would not undo it any more. */
  function overtaken(ticket: Ticket | undefined): void {
    if (ticket && step.value?.number === ticket.number) step.value = { ...step.value, undoable: false }
  }

  /** A parked ticket went back into the line: done from here, though it is no step of the counter. */
  function backInLine(number: string): void {
    step.value = { kind: 'back_in_line', number, at: hubNow(), tookS: null, reason: null, undoable: false }
  }

  return { step, heard, backInLine }
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
  const [kind, at] = counter.state === 'serving' ? ['started', ticket.started_at]
    : calls > 1 ? ['recalled', ticket.spoken_at] : ['called', ticket.called_at]
  return kind && at ? { kind, number: ticket.number, at: new Date(at), tookS: null, reason: null, undoable: true } : null
}
