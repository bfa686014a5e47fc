/** What somebody else changed while one was typing: field by field, with both values, in words. Pure. */
import { language, nameOf, say, type Named, type Words } from '../../i18n'
import { minutes } from '../../i18n/format'
import { save as words, sites } from '../../i18n/words/admin'
import { basic, rules } from '../../i18n/words/basic'
import { counter, fields as fieldWords, queue, units } from '../../i18n/words/setup'
import { kindWords, speakers } from '../../i18n/words/speech'
import { modes } from '../../i18n/words/wall'
import type { Setup } from '../../wire/setup'
import { changedFields, same } from '../../composables/useDraft'

/** One field they changed. A value that cannot be said in a line is empty; `mine` where one changed it oneself. */
export interface Difference { field: string; label: string; before: string; theirs: string; mine: string }
/** `removing`: what was forestalled is a removal, not a change. */
export interface Clash { differences: Difference[]; gone: boolean; who: string | null; removing?: boolean }

const MINUTE_S = 60
const siteFields: Record<string, Words> = { parent: sites.parent, kind: sites.kind, address: sites.address }
const CHOICES: Record<string, Record<string, Words>> = {
  mode: modes, closing: queue.closings, choose: counter.chooses, sort: basic.sorts, assign: rules.assigns,
  return_place: { head: queue.returnHead, tail: queue.returnTail }, kind: { ...sites.kinds, ...kindWords }, output: speakers.outputs,
}

type Lists = Pick<Setup, 'zones' | 'departments' | 'queues'>

/** A value as people read it; nothing where it would take more than a line. */
export function valueWords(field: string, value: unknown, setup: Lists): string {
  if (value === null || value === undefined || value === '') return say(words.emptyValue)
  if (typeof value === 'boolean') return say(value ? words.yes : words.no)
  if (typeof value === 'number') return field.endsWith('_s') ? seconds(value) : String(value)
  if (Array.isArray(value)) return listWords(field, value, setup)
  if (typeof value !== 'string') return typeof value === 'object' && 'after' in value ? say(queue.returnAfter, { places: Number(value.after) }) : ''
  const chosen = CHOICES[field]?.[value]
  if (chosen) return say(chosen)
  if (field === 'department') return named(setup.departments, value)
  // The name of a site above stands in another list.
  if (field === 'parent' || field === 'player') return ''
  return field === 'zone' ? named(setup.zones, value) : value
}

function listWords(field: string, list: readonly unknown[], setup: Lists): string {
  if (!list.length) return say(words.emptyValue)
  const one = (item: unknown): string => {
    if (typeof item === 'string') return field === 'zones' ? named(setup.zones, item) : item
    const served = typeof item === 'object' && item && 'queue' in item ? item.queue : null
    if (typeof served === 'string') return named(setup.queues, served)
    return typeof item === 'object' && item && 'name' in item ? nameOf(item as Named) : ''
  }
  const texts = list.map(one)
  return texts.every(Boolean) ? texts.join(language.value === 'zh' ? '、' : ', ') : ''
}

const named = (rows: readonly ({ id: string } & Named)[], id: string) => { const row = rows.find(it => it.id === id); return row ? nameOf(row) : '' }
const seconds = (s: number) => (s >= MINUTE_S && s % MINUTE_S === 0 ? minutes(language.value, s / MINUTE_S) : `${s} ${say(units.seconds)}`)

/** What a field is called on its form; nothing for one without a name there. */
export function labelOf(field: string): string {
  const own = (fieldWords as Record<string, Words>)[field] ?? (rules as Record<string, unknown>)[field] ?? (basic as Record<string, unknown>)[field] ?? (siteFields as Record<string, Words>)[field]
  return own && typeof own === 'object' && 'zh' in own ? say(own as Words) : ''
}

/** The fields they changed since `before`; those without a name on this form are left out. */
export function differences<T extends object>(before: T, theirs: T, mine: T, setup: Lists): Difference[] {
  return changedFields(before, theirs).flatMap(key => {
    const field = String(key)
    const label = labelOf(field)
    if (!label) return []
    const text = (of: T) => valueWords(field, of[key], setup)
    const both = !same(mine[key], before[key]) && !same(mine[key], theirs[key])
    return [{ field, label, before: text(before), theirs: text(theirs), mine: both ? text(mine) : '' }]
  })
}

/** Mine over theirs: what I did not touch is theirs. */
export function mineOver<T extends object>(before: T, theirs: T, mine: T): T {
  return { ...theirs, ...Object.fromEntries(changedFields(before, mine).map(key => [key, mine[key]])) }
}
