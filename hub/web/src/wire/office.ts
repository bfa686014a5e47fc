/** What the office pages read besides the board: alerts, figures, people, players. By hand until it is generated. */
import type { Language } from '../i18n'
import type { components } from './api'
import type { Face, PlayerSettings, Role } from './types'

type Api = components['schemas']

export type Rule = 'stage' | 'appointment' | 'class' | 'ageing' | 'order' | 'to_counter' | 'chosen'
/** One of those who could be next, with the rule that would take it. */
export interface Candidate { ref: number; number: string; queue: string; rule: Rule; waited_s: number }

export type AlertKind = 'printer' | 'idle_counter' | 'clock_skew' | 'speaker' | 'voice'
export interface Alert {
  id: string; hall: string | null; kind: AlertKind; subject: string; detail: string; raised_at: string
  state: 'raised' | 'taken' | 'handled'; taken_by: string | null; taken_by_name: string | null; taken_at: string | null
  handled_at: string | null; note: string | null
}

export interface QueueToday {
  id: string; issued: number; called: number; served: number; no_show: number; cancelled: number; unserved: number; waiting: number
  wait_mean_s: number | null; wait_p90_s: number | null; wait_max_s: number | null
  service_mean_s: number | null; limit_wait_s: number
}
export interface CounterToday { id: string; served: number; service_mean_s: number | null; no_show: number }
export interface HourToday { hour: number; issued: number; served: number; last_week_issued: number }
export interface Today {
  day: string | null; queues: QueueToday[]; counters: CounterToday[]; hours: HourToday[]
  forecast: { error_median_s: number | null; inside_80: number | null; of: number }
}
export interface MyDay { served: number; service_mean_s: number | null; no_show: number }

export interface Site {
  id: string; parent: string | null; kind: 'city' | 'district' | 'street' | 'centre'
  name: string; name_en: string; address: string; time_zone: string; cutover_hour: number
}
/** A hall in a list; `site` and `site_en` are the names of its site. */
export interface HallListed { id: string; name: string; name_en: string; site: string; site_en: string; time_zone?: string }

export interface Person {
  id: string; login: string; name: string; staff_no: string | null; disabled: boolean; roles: Role[]
  valid_from: string | null; valid_until: string | null; second_proof?: boolean
}
/** Somebody who may be at a counter of a hall. */
export interface Colleague { id: string; name: string; staff_no: string | null }
export interface TokenRow { id: string; name: string; scopes: string[]; hall: string | null; created_at: string; last_used_at?: string | null }

export interface PlayerRow {
  id: string; name: string; face: Face; hall: string; zones: string[]; counter: string | null; settings: PlayerSettings
  online: boolean; last_seen: string | null; version: string | null; paired_at: string | null
  /** How it is, as it says itself; nothing before it has said so. */
  report?: Api['PlayerReport'] | null
}
export interface PairingRow { code: string; face: Face; wish: PlayerSettings; created_at: string; expires_at: string }

export interface AuditRow { n: number; at: string; chain: string; who: string; who_name?: string | null; what: string; target: string; target_name?: string | null; detail: unknown; hash: string | null }

/** A list as the hub answers it: bare, or with a cursor. */
export type Listed<T> = T[] | { rows: T[]; next?: string | null }
export const rowsOf = <T>(listed: Listed<T>): T[] => (Array.isArray(listed) ? listed : listed.rows)

/** The site of a hall: the list gives its names, not its id. */
export const siteOf = (hall: HallListed, sites: readonly Site[]) => sites.find(s => s.name === hall.site && s.name_en === hall.site_en)

/** What staff reads beside a ticket; never on a board. */
export interface Beside { notes: { at: string; text: string }[]; phone_tail: string | null; name: string | null }

/** What would be heard, as the hub made it: spoken text, voices, clips, lengths and where they join. */
export type SaidAnswer = Omit<Api['Rendered'], 'said' | 'mute'> & { said: InLanguage<Api['SaidSentence']>[]; mute: InLanguage<Api['MuteSentence']>[] }
type InLanguage<T> = Omit<T, 'language'> & { language: Language }

/** A recorded clip of a hall. */
export type ClipRow = Api['ClipRow']
