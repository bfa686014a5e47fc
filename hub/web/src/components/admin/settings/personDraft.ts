/** A person while edited, and what goes to the hub. Pure. */
import { say } from '../../../i18n'
import { isoDay } from '../../../i18n/format'
import { instantIn } from '../../../i18n/zones'
import { people as words } from '../../../i18n/words/office'
import type { Person } from '../../../wire/office'
import type { Role } from '../../../wire/types'
import { wrongWith } from '../../login/newPassword'

export interface PersonDraft { login: string; name: string; staff_no: string; password: string; roles: Role[]; disabled: boolean; from: string; until: string }

const dayOf = (at: string | null, zone: string) => (at ? isoDay(new Date(at), zone) : '')

export const newPerson = (password: string): PersonDraft => ({ login: '', name: '', staff_no: '', password, roles: [], disabled: false, from: '', until: '' })
export const personDraft = (p: Person, zone: string): PersonDraft => ({
  login: p.login, name: p.name, staff_no: p.staff_no ?? '', password: '', roles: p.roles.map(({ role, hall }) => ({ role, hall })),
  disabled: p.disabled, from: dayOf(p.valid_from, zone), until: dayOf(p.valid_until, zone),
})

export function wrongWithPerson(draft: PersonDraft, isNew: boolean): Partial<Record<string, string>> {
  const wrong: Partial<Record<string, string>> = {}
  if (!draft.name.trim()) wrong.name = say(words.needName)
  if (!isNew) return wrong
  if (!draft.login.trim()) wrong.login = say(words.needLogin)
  const password = wrongWith({ login: draft.login.trim(), fresh: draft.password, again: draft.password }).fresh
  if (password) wrong.password = password
  return wrong
}

/** The first moment of a day by the office's clock, and the last one, for the bounds of an account. */
const begins = (day: string, zone: string) => (day ? instantIn(zone, day, '00:00:00').toISOString() : null)
const ends = (day: string, zone: string) => (day ? instantIn(zone, day, '23:59:59').toISOString() : null)

export function bodyOf(draft: PersonDraft, isNew: boolean, zone: string): Record<string, unknown> {
  const { name, staff_no, roles } = draft
  const staff = staff_no.trim() ? staff_no.trim() : null
  if (isNew) return { login: draft.login.trim(), name: name.trim(), ...(staff ? { staff_no: staff } : {}), password: draft.password, roles }
  return { name: name.trim(), staff_no: staff ?? '', roles, disabled: draft.disabled, valid_from: begins(draft.from, zone), valid_until: ends(draft.until, zone) }
}
