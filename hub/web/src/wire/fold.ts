/**
 * The board as one fold, the same as the hub's: replace tickets by `ref`, counters by `id`, drop what is closed.
 *
 * An unknown kind still folds, because a frame carries the new state of what it touched. Pure: no clock, no page.
 */
import type { Board, Call, Counter, Frame, FrameBody, Missed, Position, Queue, Ticket, TicketState } from './types'

/** How many calls and missed numbers a board keeps. */
export const CALLS_KEPT = 20
export const MISSED_KEPT = 20

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
  const next: Board = { ...board, at }
  if (kind === 'day') foldDay(next, body)
  else if (kind === 'announced') foldNotice(next, body)
  if (body.hall) next.hall = body.hall
  if (body.queues) next.queues = kind === 'configured' ? body.queues : replaceAll(next.queues, body.queues)
  if (body.counters) next.counters = kind === 'configured' ? body.counters : replaceAll(next.counters, body.counters)
  for (const counter of [body.counter, body.other_counter]) if (counter) next.counters = replaceAll(next.counters, [counter])
  if (body.ticket) foldTicket(next, kind, body.ticket, body)
  next.queues = next.queues.map(queue => ({ ...queue, waiting: waitingIn(next.tickets, queue.id).length }))
  return next
}

function foldDay(next: Board, body: FrameBody): void {
  next.day = { date: body.date ?? '', open: body.open ?? false }
  if (!body.new) return
  next.calls = []
  next.missed = []
}

function foldNotice(next: Board, body: FrameBody): void {
  const notice = { id: body.id ?? '', text: body.text ?? null, zones: body.zones ?? [], until: body.until ?? '' }
  next.notices = [...next.notices.filter(n => n.id !== notice.id), notice]
}

function foldTicket(next: Board, kind: string, ticket: Ticket, body: FrameBody): void {
  next.calls = callsAfter(next, kind, ticket, body)
  next.missed = missedAfter(next, ticket, body)
  const others = next.tickets.filter(t => t.ref !== ticket.ref)
  next.tickets = OPEN[ticket.state] ? [...others, ticket] : others
}

/** A call stands while its ticket is called or served, and in the list after that; one taken back never was. */
function callsAfter(board: Board, kind: string, ticket: Ticket, body: FrameBody): Call[] {
  const others = board.calls.filter(call => call.ref !== ticket.ref)
  if (kind === 'undone' && ticket.state === 'waiting') return others
  if (ticket.state !== 'called' || body.times === undefined || !ticket.counter) return board.calls
  const call: Call = {
    ref: ticket.ref, number: ticket.number, queue: ticket.queue, counter: ticket.counter, label: labelOf(board, body.counter, ticket.counter),
    zones: body.zones ?? [], at: body.time ?? body.speak_at ?? '', times: body.times,
  }
  return [call, ...others].slice(0, CALLS_KEPT)
}

function labelOf(board: Board, touched: Counter | undefined, id: string): string {
  return (touched?.id === id ? touched : board.counters.find(c => c.id === id))?.label ?? ''
}

function missedAfter(board: Board, ticket: Ticket, body: FrameBody): Missed[] {
  const others = board.missed.filter(m => m.ref !== ticket.ref)
  if (ticket.state !== 'no_show') return others
  const missed: Missed = {
    ref: ticket.ref, number: ticket.number, queue: ticket.queue, counter: ticket.counter ?? body.counter?.id ?? null,
    zones: ticket.zones, since: body.time ?? '',
  }
  return [missed, ...others].slice(0, MISSED_KEPT)
}

/** The list with each item replaced where its namesake stood, or added at the end. */
function replaceAll<T extends { id: string }>(list: readonly T[], items: readonly T[]): T[] {
  const after = [...list]
  for (const item of items) {
    const place = after.findIndex(old => old.id === item.id)
    if (place < 0) after.push(item)
    else after[place] = item
  }
  return after
}

/** Who waits in a queue, first in line first. Only the hub knows the mix, so this is the order of arrival. */
export function waitingIn(tickets: readonly Ticket[], queue: string): Ticket[] {
  return tickets.filter(t => t.queue === queue && t.state === 'waiting').sort((a, b) => a.order - b.order)
}

/** Whether something shown in `zones` concerns a face that follows `mine`; none on either side means the whole hall. */
export function concerns(zones: readonly string[], mine: readonly string[]): boolean {
  return !mine.length || !zones.length || zones.some(zone => mine.includes(zone))
}

/** The board as a face of these zones sees it. */
export function cutByZones(board: Board, mine: readonly string[]): Board {
  if (!mine.length) return board
  const ours = <T extends { zones: string[] }>(list: T[]) => list.filter(item => concerns(item.zones, mine))
  return {
    ...board, queues: ours(board.queues), tickets: ours(board.tickets), counters: ours(board.counters),
    calls: ours(board.calls), missed: ours(board.missed), notices: ours(board.notices),
  }
}

/** The queue of an id; nothing where the board does not hold it. */
export function queueOf(board: Board, id: string): Queue | undefined {
  return board.queues.find(queue => queue.id === id)
}
