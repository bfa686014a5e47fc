/** A row of the audit in words: who, what, to what. Nobody reads ids. Pure. */
import { nameOf, say, type Named } from '../../../i18n'
import { deeds, events } from '../../../i18n/words/deeds'
import { audit as words } from '../../../i18n/words/office'
import { instantIn } from '../../../i18n/zones'
import type { AuditRow } from '../../../wire/office'

export interface Known {
  /** Whether the lists hold everybody: only then is one who is not in them gone. */
  all: { people: boolean; tokens: boolean }
  people: readonly { id: string; name: string }[]
  tokens: readonly { id: string; name: string }[]
  players: readonly { id: string; name: string }[]
  halls: readonly ({ id: string } & Named)[]
  sites: readonly ({ id: string } & Named)[]
}

export function whoOf(row: AuditRow, known: Known): string {
  const [kind, id = ''] = row.who.split(':')
  if (row.who_name) return kind === 'token' ? say(words.token, { name: row.who_name }) : row.who_name
  if (kind === 'person') return known.people.find(p => p.id === id)?.name ?? say(known.all.people ? words.gone : words.somebody)
  if (kind === 'token') {
    const token = known.tokens.find(t => t.id === id) ?? known.players.find(p => p.id === id)
    return token ? say(words.token, { name: token.name }) : say(known.all.tokens ? words.goneToken : words.someToken)
  }
  return say(kind === 'visitor' ? words.visitor : words.hub)
}

export function whatOf(row: AuditRow): string {
  return say(deeds[row.what] ?? events[row.what] ?? words.other)
}

/** The name of what it was done to, where it still has one. */
export function targetOf(row: AuditRow, known: Known): string {
  const then = (row.detail as { named?: { name?: unknown } } | null)?.named?.name
  const said = row.target_name ?? (/^(token|player)\./.test(row.what) && typeof then === 'string' ? then : null)
  if (said) return said
  const plain = [...known.people, ...known.tokens, ...known.players].find(it => it.id === row.target)?.name
  if (plain) return plain
  const named = [...known.halls, ...known.sites].find(it => it.id === row.target)
  return named ? nameOf(named) : ''
}

/** The hall of a row, by the name of its chain; nothing for what belongs to no hall. */
export function hallOf(row: AuditRow, known: Pick<Known, 'halls'>): string {
  const id = row.chain.slice(row.chain.indexOf(':') + 1)
  const hall = row.chain.includes(':') ? known.halls.find(it => it.id === id) : undefined
  return hall ? nameOf(hall) : ''
}

/** What a list is narrowed to; empty is all. Days are those of the clock that is shown. */
export interface Search { hall: string; who: string; what: string; from: string; until: string; number: string }

/** The same as the hub is asked: a day is meant whole, also the last one. */
export function queryOf(search: Search, zone: string): Record<string, string> {
  const { hall, who, what, from, until } = search
  const number = search.number.trim()
  const asked = { hall, who, what, number, from: from && startOf(from, zone), until: until && startOf(nextDay(until), zone) }
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value))
}

const startOf = (day: string, zone: string) => instantIn(zone, day, '00:00:00').toISOString()
const DAY_MS = 86_400_000
const nextDay = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, day.length)

/** Everybody who may be asked for, as the hub names them. */
export function everybody(known: Pick<Known, 'people' | 'tokens'>): { who: string; name: string }[] {
  const people = known.people.map(it => ({ who: `person:${it.id}`, name: it.name }))
  const programs = known.tokens.map(it => ({ who: `token:${it.id}`, name: say(words.token, { name: it.name }) }))
  return [...people, ...programs, { who: 'visitor', name: say(words.visitor) }, { who: 'hub', name: say(words.hub) }]
}
