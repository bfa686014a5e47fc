/**
 * The other eight keys of a counter: which can be used now, and if not, why. Pure.
 *
 * The hub decides in the end; what is known here only spares a press that would be refused.
 */
import type { Words } from '../../i18n'
import { moveWhy } from '../../i18n/words/counter'
import type { QueueRow } from '../../wire/setup'
import type { Counter, Ticket } from '../../wire/types'

export const MOVES = ['recall', 'park', 'transfer', 'more', 'no_show', 'next', 'scan', 'note'] as const
export type Move = typeof MOVES[number]

export interface MoveState {
  move: Move
  /** Why it cannot be used, or nothing. */
  why: Words | null
  /** A short line under its name while it can be used. */
  hint: Words | null
  fill: Record<string, number>
}

/** The rules of a queue that concern a call; none where they may not be read. */
export type CallRules = Pick<QueueRow, 'recalls' | 'recall_gap_s' | 'no_show_after_s' | 'check_in'>

export interface Scene { counter: Counter; ticket: Ticket | null; rules: CallRules | null; now: Date; live: boolean }

const on = (move: Move, hint: Words | null = null, fill: Record<string, number> = {}): MoveState => ({ move, why: null, hint, fill })
const off = (move: Move, why: Words, fill: Record<string, number> = {}): MoveState => ({ move, why, hint: null, fill })

export function moveStates(scene: Scene): MoveState[] {
  return MOVES.map(move => stateOf(move, scene))
}

function stateOf(move: Move, scene: Scene): MoveState {
  // A slip can be looked up in what is known, even offline.
  if (move === 'scan') return on(move)
  if (!scene.live) return off(move, moveWhy.notLive)
  if (!scene.ticket) return off(move, moveWhy.noTicket)
  return withTicket(move, scene, scene.ticket)
}

function withTicket(move: Exclude<Move, 'scan'>, scene: Scene, ticket: Ticket): MoveState {
  const calling = scene.counter.state === 'calling'
  switch (move) {
    case 'recall': return calling ? recall(ticket, scene) : off(move, moveWhy.serving)
    case 'no_show': return calling ? noShow(ticket, scene) : off(move, moveWhy.serving)
    case 'park': return calling ? off(move, moveWhy.startFirst) : on(move)
    case 'next': return next(ticket, calling)
    case 'transfer': case 'more': case 'note': return on(move)
  }
}

function next(ticket: Ticket, calling: boolean): MoveState {
  if (!ticket.stage || ticket.stage.index >= ticket.stage.of) return off('next', moveWhy.noStage)
  return calling ? off('next', moveWhy.startFirst) : on('next')
}

function recall(ticket: Ticket, { rules, now }: Scene): MoveState {
  if (!rules) return on('recall')
  const done = Math.max(0, (ticket.calls ?? 1) - 1)
  if (done >= rules.recalls) return off('recall', moveWhy.recallsUsed, { max: rules.recalls })
  const left = secondsLeft(ticket.spoken_at ?? ticket.called_at, rules.recall_gap_s, now)
  if (left > 0) return off('recall', moveWhy.waitSeconds, { seconds: left })
  return on('recall', moveWhy.recalled, { done, max: rules.recalls })
}

function noShow(ticket: Ticket, { rules, now }: Scene): MoveState {
  const left = rules ? secondsLeft(ticket.called_at, rules.no_show_after_s, now) : 0
  return left > 0 ? off('no_show', moveWhy.waitSeconds, { seconds: left }) : on('no_show')
}

/** Whether the visitor still has to check in: only where the queue asks for it; where its rules are not known, perhaps. */
export function awaitsCheckIn(ticket: Ticket, rules: Pick<CallRules, 'check_in'> | null): boolean {
  return ticket.present === false && rules?.check_in !== false
}

/** Whole seconds until `after_s` have passed since `from`; nothing left is 0. */
export function secondsLeft(from: string | null | undefined, afterS: number, now: Date): number {
  if (!from) return 0
  return Math.max(0, Math.ceil(afterS - (now.getTime() - Date.parse(from)) / 1_000))
}
