/** What saving will do, in one sentence. Pure. */
import { say } from '../../../i18n'
import { counter as counterWords, queue as words } from '../../../i18n/words/setup'
import type { QueueToday } from '../../../wire/office'
import type { QueueRow } from '../../../wire/setup'
import type { Ticket } from '../../../wire/types'

export interface QueueScene { isNew: boolean; before: QueueRow; after: QueueRow; waiting: number; today: QueueToday | null }

export function effectOfQueue({ isNew, before, after, waiting, today }: QueueScene): string {
  if (isNew) return say(words.effectNew)
  const parts = [say(words.effectWaiting, { count: waiting })]
  if (after.quota !== null && after.quota !== before.quota && today) parts.push(say(words.effectLeft, { left: Math.max(0, after.quota - today.issued) }))
  if (after.prefix && after.prefix !== before.prefix) parts.push(say(words.effectPrefix, { prefix: after.prefix }))
  return parts.join('')
}

export function effectOfCounter(ticket: Ticket | null): string {
  return ticket ? say(counterWords.effectBusy, { number: ticket.number }) : say(counterWords.effect)
}
