/**
 * The board as one fold, the same as the hub's: replace tickets by `ref`, counters by `id`, drop what is closed.
 *
 * An unknown kind still folds, because a frame carries the new state of what it touched. Pure: no clock, no page.
 */
import type { Board, Call, Counter, Frame, FrameBody, Missed, Position, Queue, Ticket, TicketState } from './types'

/** How many calls and missed numbers a board keeps. */
export const CALLS_MAX = 20
export const MISSED_MAX = 20

const OPEN: Record<TicketState, boolean> = {
  waiting: true, called: true, serving: true, parked: true,
  no_show: false, done: false, cancelled: false, unserved: false,
}

/** A frame's kind and body. */
export function opened(frame: Frame): [string, FrameBody] {
  const [first] = Object.entries(frame)
  return first ?? ['', {}]
}

/** The board after a frame. The old board stays as it was. */
export function applyFrame(board: Board, at: Position, frame: Frame): Board {
  const [kind, body] = opened(frame)
  let next: Board = { ...board, at }
  if (body.counter) next = { ...next, counters: replaced(next.counters, body.counter, c => c.id) }
  if (body.ticket) next = withTicket(next, kind, body.ticket, body)
  if (body.queue) next = { ...next, queues: replaced(next.queues, body.queue, q => q.id) }
  if (body.day) next = { ...next, day: body.day }
  if (body.notice) next = { ...next, notices: [...next.notices.filter(n => n.id !== body.notice?.id), body.notice] }
  return next
}

function withTicket(board: Board, kind: string, ticket: Ticket, body: FrameBody): Board {
  const others = board.tickets.filter(t => t.ref !== ticket.ref)
  const tickets = OPEN[ticket.state] ? [...others, ticket] : others
  return {
    ...board,
    tickets,
    queues: board.queues.map(queue => counted(queue, tickets)),
    calls: callsAfter(board, kind, ticket, body),
    missed: missedAfter(board, ticket, body.counter),
  }
}

/** A queue with its waiting count and next number as its open tickets make them. */
function counted(queue: Queue, tickets: readonly Ticket[]): Queue {
  const waiting = tickets.filter(t => t.queue === queue.id && t.state === 'waiting')
  const first = waiting.reduce<Ticket | null>((a, b) => (a && a.order <= b.order ? a : b), null)
  return { ...queue, waiting: waiting.length, next: first?.number ?? null }
}

function callsAfter(board: Board, kind: string, ticket: Ticket, body: FrameBody): Call[] {
  const others = board.calls.filter(call => call.ref !== ticket.ref)
  if (kind === 'undone' && ticket.state !== 'called' && ticket.state !== 'serving') return others
  if (ticket.state !== 'called' || !ticket.counter) return board.calls
  const label = body.counter?.label ?? board.counters.find(c => c.id === ticket.counter)?.label ?? ''
  const call: Call = {
    ref: ticket.ref, number: ticket.number, queue: ticket.queue, counter: ticket.counter, label,
    at: body.speak_at ?? '', times: body.times ?? 1,
  }
  return [call, ...others].slice(0, CALLS_MAX)
}

function missedAfter(board: Board, ticket: Ticket, counter: Counter | undefined): Missed[] {
  const others = board.missed.filter(m => m.ref !== ticket.ref)
  if (ticket.state !== 'no_show') return others.length === board.missed.length ? board.missed : others
  const since = counter?.since ?? ''
  return [{ ref: ticket.ref, number: ticket.number, queue: ticket.queue, counter: ticket.counter ?? counter?.id ?? null, since }, ...others].slice(0, MISSED_MAX)
}

/** The list with the item of the same key replaced where it stood, or added at the end. */
function replaced<T>(list: readonly T[], item: T, key: (of: T) => string): T[] {
  const place = list.findIndex(old => key(old) === key(item))
  if (place < 0) return [...list, item]
  return list.map((old, n) => (n === place ? { ...old, ...item } : old))
}

/** Whether something in `zones` concerns a face that follows `mine`; none on either side means the whole hall. */
export function concerns(zones: readonly string[] | undefined, mine: readonly string[]): boolean {
  if (!mine.length || !zones?.length) return true
  return zones.some(zone => mine.includes(zone))
}

/** The board as a face of these zones sees it. */
export function cutByZones(board: Board, mine: readonly string[]): Board {
  if (!mine.length) return board
  const queues = board.queues.filter(q => concerns(q.zones, mine))
  const counters = board.counters.filter(c => concerns(c.zones, mine))
  const byQueue = new Set(queues.map(q => q.id))
  const byCounter = new Set(counters.map(c => c.id))
  return {
    ...board, queues, counters,
    tickets: board.tickets.filter(t => concerns(t.zones, mine)),
    calls: board.calls.filter(c => byCounter.has(c.counter) || byQueue.has(c.queue)),
    missed: board.missed.filter(m => byQueue.has(m.queue)),
    notices: board.notices.filter(n => concerns(n.zones, mine)),
  }
}
