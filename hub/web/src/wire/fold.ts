/**
 * The board as one fold, line for line the hub's (`hub/wire/src/fold.rs`); both replay the same recorded frames.
 *
 * Replace the ticket by `ref` and the counter by `id`, drop what is closed, keep the last calls and the missed numbers,
 * count who waits. An unknown kind still folds. Pure: time is what the frame says.
 */
import type { Board, Counter, Frame, FrameBody, Position, Queue, Ticket, TicketState } from './types'

/** How many calls, missed numbers and announcements a board keeps. */
export const CALLS_KEPT = 20
export const MISSED_KEPT = 20
export const NOTICES_KEPT = 20

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
  const next: Board = { ...board, at }
  for (const [kind, body] of Object.entries(frame)) foldKind(next, kind, body)
  next.queues = next.queues.map(queue => ({ ...queue, waiting: waitingIn(next.tickets, queue.id).length }))
  return next
}

function foldKind(next: Board, kind: string, body: FrameBody): void {
  switch (kind) {
    case 'called': case 'recalled': case 'unparked': return foldCall(next, body)
    case 'undone': return foldUndone(next, body)
    case 'queue': return foldQueues(next, body)
    case 'configured': return foldSetup(next, body)
    case 'day': return foldDay(next, body)
    case 'announced': return foldNotice(next, body)
    case 'withdrawn': return foldWithdrawn(next, body)
    default: return foldTouch(next, body)
  }
}

function foldTouch(next: Board, body: FrameBody): void {
  for (const counter of [body.counter, body.other_counter]) if (counter) next.counters = put(next.counters, counter)
  // First, so that what is over takes nobody's place in a list.
  if (body.time) forget(next, body.time)
  if (body.ticket) {
    next.tickets = withTicket(next.tickets, body.ticket)
    foldMissed(next, body.ticket, body)
  }
}

/** Open tickets stand in order of their `ref`. */
function withTicket(tickets: readonly Ticket[], ticket: Ticket): Ticket[] {
  const others = tickets.filter(t => t.ref !== ticket.ref)
  if (!OPEN[ticket.state]) return others
  const place = others.findIndex(t => t.ref > ticket.ref)
  others.splice(place < 0 ? others.length : place, 0, ticket)
  return others
}

function foldMissed(next: Board, ticket: Ticket, body: FrameBody): void {
  const others = next.missed.filter(m => m.ref !== ticket.ref)
  next.missed = others
  const since = body.since ?? body.time
  if (ticket.state !== 'no_show' || !since) return
  const { ref, number, queue, counter, zones } = ticket
  const missed = { ref, number, queue, counter, zones, since, ...(body.until ? { until: body.until } : {}) }
  next.missed = insert(others, missed, m => Date.parse(m.since) > Date.parse(since)).slice(0, MISSED_KEPT)
}

function foldCall(next: Board, body: FrameBody): void {
  foldTouch(next, body)
  const ticket = body.ticket
  if (!ticket?.counter || ticket.state !== 'called' || !body.time) return
  const { ref, number, queue, counter } = ticket
  // Its zones are where it stands now; the frame's own are also those where it stood before.
  const call = { ref, number, queue, counter, label: labelOf(next.counters, counter), zones: ticket.zones, at: body.time, times: body.times ?? 0, seq: next.at.seq }
  next.calls = [call, ...next.calls.filter(c => c.ref !== ref)].slice(0, CALLS_KEPT)
}

/** A call taken back never was; the one before it stands again where it stood. */
function foldUndone(next: Board, body: FrameBody): void {
  foldTouch(next, body)
  const { ticket, call } = body
  if (!ticket) return
  const others = next.calls.filter(c => c.ref !== ticket.ref)
  next.calls = call ? insert(others, call, c => (c.seq ?? 0) > (call.seq ?? 0)).slice(0, CALLS_KEPT) : others
}

function foldQueues(next: Board, body: FrameBody): void {
  foldTouch(next, body)
  for (const queue of body.queues ?? []) next.queues = put(next.queues, queue)
  if (body.modes) next.modes = body.modes
}

function foldDay(next: Board, body: FrameBody): void {
  next.day = { date: body.date ?? '', open: body.open ?? false }
  if (body.new) {
    next.calls = []
    next.missed = []
  }
  if (body.modes) next.modes = body.modes
  if (body.time) forget(next, body.time)
}

function foldNotice(next: Board, body: FrameBody): void {
  const notice = { id: body.id ?? '', text: body.text ?? null, zones: body.zones ?? [], until: body.until ?? '', ...(body.emergency && { emergency: true }) }
  next.notices = [...next.notices.filter(n => n.id !== notice.id), notice]
  if (body.time) forget(next, body.time)
  next.notices = next.notices.slice(-NOTICES_KEPT)
}

function foldWithdrawn(next: Board, body: FrameBody): void {
  next.notices = next.notices.filter(n => n.id !== body.id)
  if (body.time) forget(next, body.time)
}

/** Names, words and places may all be new: whatever a ticket, call or missed number took from them follows. */
function foldSetup(next: Board, body: FrameBody): void {
  if (body.hall) next.hall = body.hall
  next.queues = body.queues ?? next.queues
  next.counters = body.counters ?? next.counters
  if (body.modes) next.modes = body.modes
  const { queues, counters } = next
  const nameOf = (id: string) => queues.find(q => q.id === id)?.name ?? ''
  next.tickets = next.tickets.map(t => ({ ...t, zones: shownIn(queues, t.queue, counters, t.counter), stage: t.stage ? { ...t.stage, name: nameOf(t.queue) } : t.stage }))
  next.calls = next.calls.map(c => ({ ...c, zones: shownIn(queues, c.queue, counters, c.counter), label: labelOf(counters, c.counter) }))
  next.missed = next.missed.map(m => ({ ...m, zones: shownIn(queues, m.queue, counters, m.counter) }))
  if (body.time) forget(next, body.time)
}

/** Drops missed numbers and notices whose time is over. */
function forget(next: Board, time: string): void {
  const now = Date.parse(time)
  next.missed = next.missed.filter(m => !m.until || Date.parse(m.until) > now)
  next.notices = next.notices.filter(n => Date.parse(n.until) > now)
}

/** Where a ticket is shown: where its queue waits, and where its counter stands. Empty: everywhere. */
function shownIn(queues: readonly Queue[], queue: string, counters: readonly Counter[], counter: string | null | undefined): string[] {
  const zones = queues.find(q => q.id === queue)?.zones ?? []
  if (!zones.length) return []
  const stands = counters.find(c => c.id === counter)?.zone
  return stands && !zones.includes(stands) ? [...zones, stands] : zones
}

function labelOf(counters: readonly Counter[], id: string): string {
  return counters.find(c => c.id === id)?.label ?? ''
}

/** Put in behind those that are newer. */
function insert<T>(list: readonly T[], item: T, isNewer: (it: T) => boolean): T[] {
  const place = list.findIndex(it => !isNewer(it))
  return place < 0 ? [...list, item] : [...list.slice(0, place), item, ...list.slice(place)]
}

/** Replaces where its namesake stands, else adds at the end. */
function put<T extends { id: string }>(list: readonly T[], item: T): T[] {
  const place = list.findIndex(old => old.id === item.id)
  return place < 0 ? [...list, item] : list.map((old, n) => (n === place ? item : old))
}

/** Who waits in a queue, first in line first. Only the hub knows the mix, so this is the order of arrival. */
export function waitingIn(tickets: readonly Ticket[], queue: string): Ticket[] {
  return tickets.filter(t => t.queue === queue && t.state === 'waiting').sort((a, b) => a.order - b.order)
}

/** A board as it was sent: a very large one leaves out what is empty in its tickets. */
export function whole(board: Board): Board {
  const nothing = { priority: null, counter: null, stage: null, zones: [] }
  return { ...board, tickets: board.tickets.map(ticket => ({ ...nothing, ...ticket })) }
}
