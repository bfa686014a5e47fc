/** Finds tickets on a board by number, or by what a scanner reads from a slip. Pure. */
import type { Board, TicketState } from '../../wire/types'

export interface Hit { ref: number; number: string; queue: string; state: TicketState; exact: boolean }

const SLIP = /\/t\/([^/?#\s]+)/

export function found(board: Board, text: string): Hit[] {
  const typed = text.trim()
  if (!typed) return []
  const id = SLIP.exec(typed)?.[1] ?? typed
  const byKey = board.tickets.find(t => t.id === id)
  if (byKey) return [{ ref: byKey.ref, number: byKey.number, queue: byKey.queue, state: byKey.state, exact: true }]
  const number = typed.toUpperCase().replace(/[\s-]/g, '')
  const all: Omit<Hit, 'exact'>[] = [
    ...board.tickets, ...board.missed.map(m => ({ ref: m.ref, number: m.number, queue: m.queue, state: 'no_show' as const })),
  ]
  return all.filter(t => matches(t.number, number))
    .map(t => ({ ref: t.ref, number: t.number, queue: t.queue, state: t.state, exact: t.number === number }))
    .sort((a, b) => Number(b.exact) - Number(a.exact) || a.number.localeCompare(b.number))
}

/** `A037` is found by `A037`, `A37`, `A`, `37`, `037` and, while still typing, `3`. */
function matches(number: string, typed: string): boolean {
  if (number.startsWith(typed)) return true
  const [, letters = '', digits = ''] = /^([A-Z]*)(\d*)$/.exec(typed) ?? []
  if (!digits) return false
  const [, has = '', figure = ''] = /^([A-Z]*)(\d+)$/.exec(number) ?? []
  return (!letters || letters === has) && String(Number(figure)).startsWith(String(Number(digits)))
}
