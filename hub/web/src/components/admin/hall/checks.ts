/** What is wrong with a row of a setup before it is sent: a sentence for each field. Pure. */
import { nameOf, say } from '../../../i18n'
import { fieldErrors as words } from '../../../i18n/words/admin'
import type { CounterRow, QueueRow, Setup } from '../../../wire/setup'
import { wrongWithHours } from './hours'

export type Wrong<T> = Partial<Record<keyof T, string>>

const SHORT_CHARS_MAX = 5
/** I and O look like 1 and 0. */
const PREFIX = /^[A-HJ-NP-Z]{1,2}$/

const notWhole = (value: number | null, min: number) => value !== null && (!Number.isFinite(value) || value < min)

export function wrongWithQueue(row: QueueRow): Wrong<QueueRow> {
  const wrong: Wrong<QueueRow> = {}
  if (!row.name.trim()) wrong.name = say(words.name)
  if (!PREFIX.test(row.prefix)) wrong.prefix = say(words.prefix)
  if ([...(row.short ?? '')].length > SHORT_CHARS_MAX) wrong.short = say(words.short)
  if (row.hours && hasWrong(row)) wrong.hours = hasWrong(row)
  if (row.appointment_quota !== null && !wrong.appointment_quota) {
    if (row.quota === null) wrong.appointment_quota = say(words.quotaNeeded)
    else if (row.appointment_quota > row.quota) wrong.appointment_quota = say(words.quota, { quota: row.quota })
  }
  numbers(row, wrong)
  return wrong
}

function hasWrong(row: QueueRow): string {
  if (!row.hours) return ''
  const { periods, whole } = wrongWithHours(row.hours)
  return whole ?? periods.find(Boolean) ?? ''
}

const FROM_ONE = ['first_number', 'quota', 'open_per_visitor', 'wait_bound_s', 'call_timeout_s', 'service_s', 'late_s'] as const
const FROM_NONE = ['appointment_quota', 'recalls', 'recall_gap_s', 'no_show_after_s', 'return_within_s', 'returns', 'defer_places', 'deferrals', 'mix', 'wrap_up_s'] as const

function numbers(row: QueueRow, wrong: Wrong<QueueRow>): void {
  for (const field of FROM_ONE) if (notWhole(row[field], 1)) wrong[field] = say(words.number, { min: 1 })
  for (const field of FROM_NONE) if (notWhole(row[field], 0)) wrong[field] = say(words.number, { min: 0 })
}

/** A prefix that another queue has too is allowed, and worth a word. */
export function sharedPrefix(row: QueueRow, setup: Setup): string | undefined {
  const other = setup.queues.find(q => q.id !== row.id && q.prefix === row.prefix)
  return other && row.prefix ? say(words.prefixTaken, { name: nameOf(other) }) : undefined
}

export function wrongWithCounter(row: CounterRow, setup: Setup): Wrong<CounterRow> {
  const wrong: Wrong<CounterRow> = {}
  const label = row.label.trim()
  if (!label) wrong.label = say(words.label)
  else if (setup.counters.some(c => c.id !== row.id && c.label === label)) wrong.label = say(words.labelTaken, { label })
  if (row.queues.some(q => notWhole(q.first_when_wait_s, 1) || notWhole(q.only_when_wait_s, 1))) wrong.queues = say(words.number, { min: 1 })
  return wrong
}

export function wrongWithNamed(row: { name: string }): { name?: string } {
  return row.name.trim() ? {} : { name: say(words.name) }
}

/** The hub's word about a field, for what could not be known here. */
export function merged<T>(wrong: Wrong<T>, why: (field: string) => string | undefined, fields: readonly (keyof T & string)[]): Wrong<T> {
  const all = { ...wrong }
  for (const field of fields) {
    const said = why(field)
    if (said && !all[field]) all[field] = said
  }
  return all
}
