/** A row of the audit in words: who, what, to what. Nobody reads ids. Pure. */
import { nameOf, say, type Named } from '../../../i18n'
import { deeds, events } from '../../../i18n/words/deeds'
import { audit as words } from '../../../i18n/words/office'
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
  const plain = [...known.people, ...known.tokens, ...known.players].find(it => it.id === row.target)?.name
  if (plain) return plain
  const named = [...known.halls, ...known.sites].find(it => it.id === row.target)
  return named ? nameOf(named) : ''
}
