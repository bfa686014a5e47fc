/** The names of a counter's queues, as many as a strip has room for; whole names only. Pure. */
import { screenName } from '../../i18n'
import type { Board } from '../../wire/types'

const QUEUES_SHOWN = 5
/** With more queues than this the short names stand. */
const FULL_NAMES_MAX = 2
/** Signs of the small line; a Han sign takes the room of about two. */
const SMALL_SIGNS = 48
const HAN_SIGNS = 2.2
/** Room for the large names, rem; what they are at most; and what the dot between two takes of a sign. */
const LARGE_ROOM = 5.8
const LARGE_MAX = 0.56
const DOT = ' · '
const DOT_SIGNS = 0.8

export interface StripNames { zh: string; en: string; department: string; size: number }

export function stripNames(board: Board | null, ids: readonly string[]): StripNames {
  const known = board?.queues.filter(q => ids.includes(q.id)) ?? []
  const departments = [...new Set(known.map(q => q.department).filter(Boolean))]
  const department = departments.length === 1 ? departments[0] as string : ''
  const large = known.slice(0, QUEUES_SHOWN).map(q => (known.length > FULL_NAMES_MAX ? q.short || q.name : screenName(q)))
  const signs = large.join('').length + DOT_SIGNS * Math.max(0, large.length - 1)
  return {
    zh: large.join(DOT), department, size: Math.min(LARGE_MAX, LARGE_ROOM / Math.max(1, signs)),
    en: fitting(known.map(q => q.name_en).filter(Boolean), SMALL_SIGNS - department.length * HAN_SIGNS),
  }
}

/** The first names that fit, and how many more there are. */
function fitting(names: readonly string[], room: number): string {
  let shown = names.length
  const text = () => names.slice(0, shown).join(', ') + (shown < names.length ? ` +${names.length - shown}` : '')
  while (shown > 1 && text().length > room) shown -= 1
  return text().length > room && shown === 1 && names.length > 1 ? '' : text()
}
