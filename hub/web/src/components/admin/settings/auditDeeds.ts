/**
 * What a row of the audit was done to, in words: the number, the counter, the queue, the reason, the part of a setup.
 * The names are those of today; what has none any more is left out. Pure.
 */
import { language, nameOf, say, type Named, type Words } from '../../../i18n'
import { counterName, minutes } from '../../../i18n/format'
import { save, tabs } from '../../../i18n/words/admin'
import { changes, events, kinds, parts } from '../../../i18n/words/deeds'
import { audit as words, roleNames } from '../../../i18n/words/office'
import { pauseReasons } from '../../../i18n/words/states'
import { alertTitles, faces, modes } from '../../../i18n/words/wall'
import type { AuditRow } from '../../../wire/office'
import type { Setup } from '../../../wire/setup'
import type { PauseReason } from '../../../wire/types'
import { labelOf, valueWords } from '../clash'

/** The fields of a row's detail. */
type Fields = Record<string, unknown>
/** How halls are set up today, for the names behind ids. */
export type Setups = Readonly<Record<string, Setup>>
/** One line of an opened row. */
export interface Line { label: string; text: string }

const MINUTE_S = 60
/** For values that name nothing of a hall. */
const NO_LISTS = { zones: [], departments: [], queues: [] }
const isMove = (row: AuditRow) => row.chain.startsWith('journal:')
/** The hall of a row's chain, by its id. */
export const hallId = (row: AuditRow) => (row.chain.includes(':') ? row.chain.slice(row.chain.indexOf(':') + 1) : '')
const object = (it: unknown): Fields => (it && typeof it === 'object' ? it as Fields : {})
const fieldsOf = (row: AuditRow): Fields => object(row.detail)

const part = <T extends { id: string }>(list: readonly T[] | undefined, id: unknown) => list?.find(it => it.id === id)

function sayers(row: AuditRow, setups: Setups) {
  const setup = setups[hallId(row)]
  const number = isMove(row) && typeof fieldsOf(row).number === 'string' ? String(fieldsOf(row).number) : ''
  const queue = (id: unknown) => { const it = part(setup?.queues, id); return it ? `${it.prefix} ${nameOf(it)}` : '' }
  const counter = (id: unknown) => { const it = part(setup?.counters, id); return it && setup ? counterName(language.value, it.label, { zh: setup.hall.counter_word, en: setup.hall.counter_word_en }) : '' }
  const reason = (id: unknown) => { const own = part(setup?.hall.reasons, id); return own ? nameOf(own) : typeof id === 'string' && id in pauseReasons ? say(pauseReasons[id as PauseReason]) : '' }
  const named = (list: readonly ({ id: string } & Named)[] | undefined, id: unknown) => { const it = part(list, id); return it ? nameOf(it) : '' }
  return { number, queue, counter, reason, named, setup }
}

/** The part of a setup that was saved or removed: `queues.ID`, or `hall` for the hall's own fields. Named as it was then. */
function partOf(row: AuditRow, setups: Setups): string {
  const { queue, counter, named, setup } = sayers(row, setups)
  const [kind = '', id] = row.target.split(/\.(.*)/)
  if (kind === 'hall') return say(tabs.basic)
  const then = object(fieldsOf(row).named) as Partial<Named> & { prefix?: string; label?: string }
  const word = { zh: setup?.hall.counter_word ?? '', en: setup?.hall.counter_word_en ?? '' }
  const called = then.label ? counterName(language.value, then.label, word) : [then.prefix, then.name ? nameOf({ name: then.name, name_en: then.name_en ?? '' }) : ''].filter(Boolean).join(' ')
  const today = () => (kind === 'queues' ? queue(id) : kind === 'counters' ? counter(id) : named(setup?.[kind as 'zones' | 'departments' | 'classes' | 'speakers'], id))
  return [kinds[kind] ? say(kinds[kind]) : '', called || today() || say(words.unknownPart)].filter(Boolean).join(' ')
}

/** What was changed in a setup or a site, field by field: `2 → 3`. A value that takes more than a line is only said to be new. */
function changesIn(row: AuditRow, setup: Setup | undefined): Line[] {
  const lists = setup ?? NO_LISTS
  return Object.entries(object(fieldsOf(row).fields)).map(([field, values]) => {
    const [before, after] = (Array.isArray(values) ? values : []).map(it => valueWords(field, it, lists))
    return { label: labelOf(field) || say(words.field), text: before && after ? say(save.fromTo, { before, theirs: after }) : say(save.changed) }
  })
}

const modeOf = (mode: unknown) => (typeof mode === 'string' && mode in modes ? say(modes[mode as keyof typeof modes]) : '')
const changeOf = (fields: Fields) => (typeof fields.change === 'string' ? fields.change : fields.change && typeof fields.change === 'object' ? Object.keys(fields.change)[0] ?? '' : '')
/** Why, also where the pause of a counter holds it. */
function reasonIn(fields: Fields): unknown {
  const { change } = fields
  return fields.reason ?? (change && typeof change === 'object' && 'paused' in change ? (change.paused as Fields).reason : undefined)
}

/** What was done, said as exactly as the hub told it. */
export function moveOf(row: AuditRow): Words | undefined {
  const fields = fieldsOf(row)
  if (row.what === 'setup.changed') return parts[String(fields.deed)]
  if (row.what === 'counter') return changes[changeOf(fields)] ?? events.counter
  if (row.what === 'queue' && typeof fields.frozen === 'boolean') return changes[fields.frozen ? 'frozen' : 'thawed']
  if (row.what === 'mode' && fields.mode === null) return changes.mode_taken_back
  if (row.what === 'day' && typeof fields.open === 'boolean') return changes[fields.open ? 'day_opened' : 'day_closed']
  return events[row.what]
}

/** To what it was done, in one line. */
export function objectOf(row: AuditRow, setups: Setups): string {
  if (row.what === 'setup.changed') return partOf(row, setups)
  if (!isMove(row)) return ''
  const { number, queue, counter, reason } = sayers(row, setups)
  const fields = fieldsOf(row)
  const to = row.what === 'transferred' ? [counter(fields.from), `→ ${counter(fields.to_counter) || queue(fields.queue)}`].filter(it => it !== '→ ').join(' ') : [counter(fields.counter), queue(fields.queue)].filter(Boolean).join(' · ')
  const back = typeof fields.undone === 'string' && events[fields.undone] ? say(events[fields.undone]!) : ''
  const notice = typeof fields.text === 'string' ? fields.text : ''
  return [number, notice, back, to, modeOf(fields.mode), reason(reasonIn(fields))].filter(Boolean).join(' · ')
}

/** Everything the hub tells of a row besides when, who and what, line by line. */
export function linesOf(row: AuditRow, setups: Setups): Line[] {
  const fields = fieldsOf(row)
  const { number, queue, counter, reason, named, setup } = sayers(row, setups)
  const zones = (ids: unknown) => (Array.isArray(ids) ? ids.map(id => named(setup?.zones, id)).filter(Boolean).join(' · ') : '')
  const all: [Words, string][] = [
    [words.number, number],
    [words.part, row.what === 'setup.changed' ? partOf(row, setups) : ''],
    [row.what === 'transferred' ? words.toQueue : words.queue, queue(fields.queue)],
    [words.counter, counter(fields.counter ?? fields.from)],
    [words.toCounter, counter(fields.to_counter)],
    [words.calledTo, counter(fields.called_to)],
    [words.reason, reason(reasonIn(fields))],
    [words.class, named(setup?.classes, fields.priority)],
    [words.mode, modeOf(fields.mode)],
    [words.zones, zones(fields.zones)],
    [words.notice, typeof fields.text === 'string' ? fields.text : ''],
    [words.day, typeof fields.date === 'string' ? fields.date : ''],
    [words.service, typeof fields.service_s === 'number' ? minutes(language.value, Math.round(fields.service_s / MINUTE_S)) : ''],
    [words.undone, typeof fields.undone === 'string' && events[fields.undone] ? say(events[fields.undone]!) : ''],
    [words.waits, typeof fields.wait_s === 'number' ? valueWords('wait_s', fields.wait_s, NO_LISTS) : ''],
    [words.roles, rolesOf(fields)],
    [words.shutOut, fields.disabled === true ? say(save.yes) : ''],
    [words.idle, typeof fields.idle_s === 'number' ? minutes(language.value, Math.round(fields.idle_s / MINUTE_S)) : ''],
    [words.face, typeof fields.face === 'string' && fields.face in faces ? say(faces[fields.face as keyof typeof faces]) : ''],
    [words.alert, typeof fields.kind === 'string' && fields.kind in alertTitles ? say(alertTitles[fields.kind as keyof typeof alertTitles], { what: '' }).trim() : ''],
    [words.scopes, Array.isArray(fields.scopes) ? fields.scopes.map(it => roleNames[String(it)]).flatMap(it => (it ? [say(it)] : [])).join(' · ') : ''],
    [words.revision, fields.revision === undefined ? '' : String(fields.revision)],
  ]
  const told = all.flatMap(([label, text]) => (text ? [{ label: say(label), text }] : []))
  return [...told, ...changesIn(row, setup)]
}

function rolesOf(fields: Fields): string {
  const list = Array.isArray(fields.roles) ? fields.roles as { role?: string }[] : []
  return list.map(it => roleNames[it.role ?? '']).flatMap(it => (it ? [say(it)] : [])).join(' · ')
}
