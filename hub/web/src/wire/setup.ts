/** How a hall is set up: what an administrator edits, as the hub keeps it. By hand until it is generated. */

import type { Language } from '../i18n'
import type { Speaker } from './types'

export type Mode = 'manual' | 'automatic' | 'mixed'
export type Assign = 'longest_idle' | 'fewest_served'
export type Choose = 'longest_wait' | 'preference'
export type Closing = 'unserved' | 'carry_over'
export type ReturnPlace = 'head' | 'tail' | { after: number }
export type Weekday = 'Mon' | 'Tue' | 'Wed' | 'Thu' | 'Fri' | 'Sat' | 'Sun'
export type SpecialDay = 'closed' | { like: Weekday }

export const WEEKDAYS: readonly Weekday[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

export interface ReasonRow { id: string; name: string; name_en: string }

export interface HallSetup {
  id: string; name: string; name_en: string; time_zone: string; cutover_hour: number
  mode: Mode; assign: Assign; undo_s: number; public_board: boolean; open_per_visitor: number | null
  counter_word: string; counter_word_en: string; missed_hint: string; missed_hint_en: string
  slip_hint: string; slip_hint_en: string; ticker: string[]; calendar: Record<string, SpecialDay>; reasons: ReasonRow[]
  idle_alert_s: number; sort: 'taken' | 'letter'; floors_apart: boolean
  speech: Speech; pronunciations: Pronunciation[]
}

/** What is said; nothing is the usual sentence (of a missed call: nothing is said). */
export interface Sentences { call: string | null; recall: string | null; missed: string | null }
export type SentenceKind = keyof Sentences
/** How much of a visitor's name is said. */
export type SaidNames = 'none' | 'surname' | 'whole'
/** How calls are said. */
export interface Speech {
  languages: Language[]; repeat: number; gap_ms: number; chime: boolean; rate_percent: number
  digits: 'each' | 'cardinal'; yao: boolean; stale_s: number; zh: Sentences; en: Sentences
  names: SaidNames
  /** A recall says that it is one. */
  again: boolean
}
/** How a surname, a place or a word is pronounced here: pinyin with a tone number each syllable. */
export interface Pronunciation { written: string; pinyin: string; surname: boolean }
export type SpeakerRow = Speaker

export interface ZoneRow { id: string; name: string; name_en: string; floor: string | null }
export interface DepartmentRow { id: string; name: string; name_en: string; floor: string | null }
export interface ClassRow { id: string; name: string; name_en: string; self_service: boolean }

/** A period of service; times as `09:00:00`. */
export interface Period { days: Weekday[]; from: string; until: string; take_from: string | null; take_until: string | null }
export interface Hours { periods: Period[]; redeem_before_end_s: number }

export interface QueueRow {
  id: string; prefix: string; name: string; name_en: string; short: string | null; department: string | null
  zones: string[]; floor: string | null; matters: string[]; first_number: number; hours: Hours | null
  quota: number | null; appointment_quota: number | null; mode: Mode | null; check_in: boolean
  open_per_visitor: number | null; anonymous: boolean; closing: Closing
  recalls: number; recall_gap_s: number; no_show_after_s: number; call_timeout_s: number | null
  return_within_s: number; returns: number; return_place: ReturnPlace; defer_places: number; deferrals: number
  park_at_counter: boolean; mix: number; wait_bound_s: number | null; late_s: number; wrap_up_s: number
  pick_up: boolean; service_s: number
  silent: boolean; speech: Speech | null; sensitive: boolean
}

export interface Served { queue: string; first_when_wait_s: number | null; only_when_wait_s: number | null }
export interface CounterRow { id: string; label: string; zone: string | null; queues: Served[]; choose: Choose; mode: Mode | null; noon_duty: boolean }

export interface Setup {
  hall: HallSetup; zones: ZoneRow[]; departments: DepartmentRow[]; classes: ClassRow[]; queues: QueueRow[]; counters: CounterRow[]; speakers: SpeakerRow[]
  revision: number
}
/** The lists of a setup whose rows are written one by one. */
export interface Rows { zones: ZoneRow; departments: DepartmentRow; classes: ClassRow; queues: QueueRow; counters: CounterRow; speakers: SpeakerRow }

/** A queue as it is before anybody decided anything: the hub's own defaults. */
export function newQueue(id: string): QueueRow {
  return {
    id, prefix: '', name: '', name_en: '', short: null, department: null, zones: [], floor: null, matters: [],
    first_number: 1, hours: null, quota: null, appointment_quota: null, mode: null, check_in: false,
    open_per_visitor: null, anonymous: true, closing: 'unserved', recalls: 3, recall_gap_s: 10, no_show_after_s: 0,
    call_timeout_s: null, return_within_s: 1_800, returns: 2, return_place: { after: 3 }, defer_places: 3, deferrals: 2,
    park_at_counter: false, mix: 2, wait_bound_s: null, late_s: 1_800, wrap_up_s: 0, pick_up: false, service_s: 360, silent: false, speech: null, sensitive: false,
  }
}

export function newCounter(id: string, label: string): CounterRow {
  return { id, label, zone: null, queues: [], choose: 'longest_wait', mode: null, noon_duty: false }
}

/** A speaker as it is before anybody decided anything. */
export function newSpeaker(id: string): SpeakerRow {
  return { id, name: '', name_en: '', zones: [], player: null, output: 'device', device: '', kind: 'hall', gain_db: 0, levels: [], floor_db: -24 }
}

const usual = (): Sentences => ({ call: null, recall: null, missed: null })
/** How calls are said where nobody decided anything. */
export function usualSpeech(): Speech {
  return { languages: ['zh', 'en'], repeat: 1, gap_ms: 800, chime: true, rate_percent: 100, digits: 'each', yao: false, names: 'none', again: false, stale_s: 30, zh: usual(), en: usual() }
}
