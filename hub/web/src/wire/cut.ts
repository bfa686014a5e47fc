/**
 * A part of a hall, by the hub's rules (`hub/wire/src/cut.rs`): what meets a list of zones or counters, and what concerns
 * the whole hall. Folding a frame may bring in what is not in the part, so a board is cut again after each. Pure.
 */
import { waitingIn } from './fold'
import type { Board, Counter, Modes, Queue } from './types'

export interface Part { readonly zones: readonly string[]; readonly counters: readonly string[] }

/** Leaves only what is in the part; both lists empty is the whole hall. */
export function cut(board: Board, part: Part): Board {
  if (!part.zones.length && !part.counters.length) return board
  const tickets = board.tickets.filter(t => keeps(part, t.zones, t.counter))
  const queues = board.queues.filter(q => keepsQueue(part, q, board.counters)).map(q => ({ ...q, waiting: waitingIn(tickets, q.id).length }))
  const counters = board.counters.filter(c => keeps(part, c.zones, c.id))
  return {
    ...board,
    tickets,
    queues,
    counters,
    ...(board.modes ? { modes: modesOf(board.modes, queues, counters) } : {}),
    notices: board.notices.filter(n => keepsWords(part, n.zones, board.counters)),
    calls: board.calls.filter(c => keeps(part, c.zones, c.counter)),
    missed: board.missed.filter(m => keeps(part, m.zones, m.counter)),
  }
}

function modesOf(modes: Modes, queues: readonly Queue[], counters: readonly Counter[]): Modes {
  const { set } = modes
  const among = (ids: readonly string[], rows: readonly { id: string }[]) => ids.filter(id => rows.some(row => row.id === id))
  return {
    ...modes, queues: ofThese(modes.queues, queues), counters: ofThese(modes.counters, counters),
    ...(set ? { set: { ...set, queues: among(set.queues, queues), counters: among(set.counters, counters) } } : {}),
  }
}

/** What is said of rows that are there. */
function ofThese(said: Readonly<Record<string, string>>, rows: readonly { id: string }[]): Record<string, string> {
  return Object.fromEntries(Object.entries(said).filter(([id]) => rows.some(row => row.id === id)))
}

function meetsZones(part: Part, zones: readonly string[]): boolean {
  return part.zones.length > 0 && (!zones.length || zones.some(zone => part.zones.includes(zone)))
}

function keeps(part: Part, zones: readonly string[], counter: string | null | undefined): boolean {
  return meetsZones(part, zones) || (!!counter && part.counters.includes(counter))
}

function keepsQueue(part: Part, queue: Queue, counters: readonly Counter[]): boolean {
  return keeps(part, queue.zones, null) || counters.some(c => part.counters.includes(c.id) && c.queues.includes(queue.id))
}

function keepsWords(part: Part, zones: readonly string[], counters: readonly Counter[]): boolean {
  const stands = counters.some(c => part.counters.includes(c.id) && (!c.zone || zones.includes(c.zone)))
  return !zones.length || keeps(part, zones, null) || stands
}
