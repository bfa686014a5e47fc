/**
 * What has become of the recent calls, and which of them a hall screen shows. Pure.
 *
 * A call invites as long as its ticket is awaited at that counter. The newest such call is the head call; where nobody is
 * awaited, the newest ticket being served stands there, without the amber of a call. Every other call is history: it keeps
 * its place among the recent ones until it is pushed out, and says what became of it instead of where to go.
 */
import type { Board, Call } from '../../wire/types'

/** `come`: awaited at this counter. `served`: at this counter. The others are history; `over` is done, given up or too late. */
export type CallState = 'come' | 'served' | 'missed' | 'waits' | 'aside' | 'over'
export interface Recent { readonly call: Call; readonly state: CallState }

export function stateOf(board: Board, call: Call): CallState {
  const ticket = board.tickets.find(t => t.ref === call.ref)
  if (!ticket) return board.missed.some(m => m.ref === call.ref) ? 'missed' : 'over'
  const here = ticket.counter === call.counter
  switch (ticket.state) {
    case 'called': return here ? 'come' : 'over'
    case 'serving': return here ? 'served' : 'over'
    case 'waiting': return 'waits'
    case 'parked': return 'aside'
    case 'no_show': return 'missed'
    case 'done': case 'cancelled': case 'unserved': return 'over'
  }
}

export interface Arranged { readonly head: Recent | null; readonly all: readonly Recent[] }

/** The calls but those that stand in the big region now (`shown`, by `ref`), newest first, and which of them is the head call. */
export function arranged(board: Board, shown: ReadonlySet<number>): Arranged {
  const all = board.calls.filter(call => !shown.has(call.ref)).map(call => ({ call, state: stateOf(board, call) }))
  const head = all.find(it => it.state === 'come') ?? all.find(it => it.state === 'served') ?? null
  return { head, all }
}

const WEIGHT: Record<CallState, number> = { come: 0, served: 1, missed: 2, waits: 2, aside: 2, over: 2 }

/** As many as there is room for: who is still awaited is pushed out last; newest on top all the same. */
export function fitting(calls: readonly Recent[], room: number): Recent[] {
  const kept = new Set([...calls].sort((a, b) => WEIGHT[a.state] - WEIGHT[b.state]).slice(0, room))
  return calls.filter(it => kept.has(it))
}
