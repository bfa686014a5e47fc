/** The waiting line as the hub would call it: first those it explained, then the rest by arrival. Pure. */
import type { Candidate, Rule } from '../../wire/office'
import type { Ticket } from '../../wire/types'

/** By which rule a candidate stands where it does, with what can truly be said of one that comes by order. */
export function ruleOf(candidate: Candidate, returned: boolean, all: readonly Candidate[]): Rule | 'returned' | 'longest' {
  if (candidate.rule !== 'order') return candidate.rule
  if (returned) return 'returned'
  return all.some(other => other.waited_s > candidate.waited_s) ? 'order' : 'longest'
}

export interface InLine { ticket: Ticket; candidate: Candidate | null }

export function orderedBy(waiting: readonly Ticket[], candidates: readonly Candidate[]): InLine[] {
  const byRef = new Map(waiting.map(t => [t.ref, t]))
  const explained: InLine[] = []
  for (const candidate of candidates) {
    const ticket = byRef.get(candidate.ref)
    if (ticket && byRef.delete(candidate.ref)) explained.push({ ticket, candidate })
  }
  return [...explained, ...[...byRef.values()].map(ticket => ({ ticket, candidate: null }))]
}

/** As many whole names as fit into a width, told in halves of a Chinese character; always the first. */
export function wholeNames(names: readonly string[], width: number): string[] {
  const wide = (name: string) => [...name].reduce((sum, sign) => sum + (sign > '\u2e7f' ? 2 : 1), 0)
  let left = width
  const end = names.findIndex(name => { left -= wide(name) + 2; return left < 0 })
  return names.slice(0, end < 0 ? names.length : Math.max(1, end))
}
