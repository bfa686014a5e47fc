/** The waiting line as the hub would call it: first those it explained, then the rest by arrival. Pure. */
import type { Candidate } from '../../wire/office'
import type { Ticket } from '../../wire/types'

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
