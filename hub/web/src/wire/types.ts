/** What travels between the hub and its pages, by hand until it is generated from the OpenAPI document. */

export type TicketState = 'waiting' | 'called' | 'serving' | 'parked' | 'no_show' | 'done' | 'cancelled' | 'unserved'
export type CounterState = 'closed' | 'open' | 'calling' | 'serving' | 'paused' | 'wrapping_up'
export type QueueState = 'open' | 'closed' | 'noon' | 'full' | 'frozen'
export type PauseReason = 'busy' | 'away' | 'break' | 'other'
export type Face = 'screen' | 'strip' | 'counter' | 'rating' | 'kiosk' | 'ticket' | 'wall' | 'player'

/** How far a hall's journal has come. `epoch` is compared for equality only. */
export interface Position { epoch: number; seq: number }
export interface Estimate { p50_s: number; p90_s: number }
export interface Stage { index: number; of: number; name: string }

/** A ticket in frames and boards. The second half stands in the staff cut only. */
export interface Ticket {
  ref: number; number: string; queue: string; state: TicketState; priority: string | null
  counter: string | null; stage: Stage | null; zones: string[]; order: number
  id?: string; channel?: string; language?: string; issued_at?: string; waiting_since?: string; called_at?: string | null
  spoken_at?: string | null; started_at?: string | null; until?: string | null; reason?: string | null
  appointment?: string | null; calls?: number; present?: boolean; returned?: boolean; visitor?: boolean
}

/** A counter in frames and boards; `staff` stands in the staff cut only. */
export interface Counter {
  id: string; label: string; state: CounterState; ticket: number | null; queues: string[]
  reason: string | null; since: string | null; zone?: string | null; zones: string[]; staff?: { id: string; staff_no: string | null } | null
}

export interface Queue {
  id: string; prefix: string; name: string; name_en: string; short: string | null
  department: string | null; department_en: string | null; zones: string[]; waiting: number; state: QueueState; estimate: Estimate | null
}

export interface Call { ref: number; number: string; queue: string; counter: string; label: string; zones: string[]; at: string; times: number }
export interface Missed { ref: number; number: string; queue: string; counter: string | null; zones: string[]; since: string; until?: string }
export interface Notice { id: string; text: string | null; zones: string[]; until: string }
/** A code of the hall's lists with its words. */
export interface Word { id: string; name: string; name_en: string }
export interface Day { date: string; open: boolean }

export interface Hall {
  id: string; name: string; name_en: string; site: string; site_en: string; time_zone: string
  counter_word: string; counter_word_en: string; missed_hint: string; missed_hint_en: string
  ticker: string[]; undo_s: number; reasons: Word[]; classes: Word[]
}

export interface Board {
  at: Position; day: Day | null; hall: Hall
  queues: Queue[]; tickets: Ticket[]; counters: Counter[]; calls: Call[]; missed: Missed[]; notices: Notice[]
}

/** The kinds known today; an unknown one folds all the same. */
export type FrameKind =
  | 'issued' | 'checked_in' | 'called' | 'recalled' | 'started' | 'finished' | 'no_show' | 'parked' | 'unparked'
  | 'transferred' | 'returned' | 'deferred' | 'cancelled' | 'reprioritised' | 'undone' | 'unserved' | 'counter'
  | 'queue' | 'configured' | 'day' | 'announced'

/** What a frame may carry, over all kinds: the new state of what it touched, and a kind's own words. */
export interface FrameBody {
  ticket?: Ticket; counter?: Counter; other_counter?: Counter; zones?: string[]; reason?: string; time?: string
  times?: number; speak_at?: string | null; because?: { rule: string; candidates: number[] }
  undoes?: number; call?: Call; since?: string
  queues?: Queue[]; mode?: string
  revision?: number; hall?: Hall; counters?: Counter[]
  date?: string; open?: boolean; new?: boolean
  id?: string; text?: string | null; clip?: string | null; speakers?: string[]; language?: string | null; repeat?: number; until?: string
}
export type Frame = { readonly [kind: string]: FrameBody }

/** The visitor's own ticket, over the socket: latest wins. */
export interface Mine {
  state: TicketState; number: string; ahead: number | null; estimate: Estimate | null; counter: string | null
  stage: Stage | null; calls: { number: string; label: string }[]; times: number
}
/** What changes without an entry; a queue without an estimate is absent. */
export interface Live { estimates: Record<string, Estimate>; queues?: Record<string, QueueState>; players?: Record<string, boolean> }
/** A hall in figures, for a wall over many halls. */
export interface Summary { waiting: number; serving: number; counters_open: number; longest_wait_s: number }

/** A ticket as the holder of its key reads it. */
export interface TicketPage {
  id: string; ref: number; number: string; queue: string; state: TicketState; priority: string | null
  counter: string | null; stage: Stage | null; zones: string[]; issued_at: string; called_at: string | null
  started_at: string | null; finished_at: string | null; ahead: number | null; estimate: Estimate | null
  appointment: string | null; url: string
  hall?: string; queue_name?: string; queue_name_en?: string; counter_label?: string | null
  calls?: { number: string; label: string }[]; hint?: string | null; slip?: SlipState
}

/** How the printed slip is doing: not asked for, on its way, out, or not come out (yet). */
export type SlipState = 'none' | 'waiting' | 'printed' | 'failed'

/** The answer of the command door. */
export interface Answer { at: Position; ticket: TicketPage | null; counter: Counter | null }
/** A command: the verb and its fields, as in the contract. */
export interface Command { do: string; [field: string]: unknown }

export interface Role { role: string; hall: string | null }
export interface Me {
  id: string; login: string; name: string; staff_no: string | null; roles: Role[]; csrf: string; idle_s: number
  counters: { hall: string; counter: string }[]; must_change_password: boolean
}

export interface AboutHall { id: string; name: string; name_en: string; site: string; site_en: string }
/** The hall of an offer; the words of the hall come with it where the hub tells them. */
export interface OfferHall extends AboutHall {
  time_zone?: string; counter_word?: string; counter_word_en?: string; missed_hint?: string; missed_hint_en?: string
}
export interface About { name: string; version: string; public_url: string; halls: AboutHall[]; demo: boolean }

export interface OfferQueue {
  id: string; prefix: string; name: string; name_en: string; short?: string | null; department: string | null; zones: string[]
  floor?: string | null; letters: string[]; pinyin: string[]; taken: number; waiting: number; state: QueueState
  opens_at: string | null; quota_left: number | null; estimate: Estimate | null; counters: string[]; matters: string[]
}
export interface OfferDepartment { id: string; name: string; name_en: string; floor?: string | null; letters: string[] }
export interface PriorityClass { id: string; name: string; name_en: string }
export interface Offer {
  hall: OfferHall; departments: OfferDepartment[]; queues: OfferQueue[]; classes: PriorityClass[]; sort: 'taken' | 'letter'
}

export interface PlayerSettings {
  size?: string; orientation?: 'landscape' | 'portrait'; theme?: 'dark' | 'light'; large?: boolean; reduced_motion?: boolean
  ticker?: string; printer?: string; floor?: string; panel_inches?: number; farthest_m?: number
}
export interface Player {
  id: string; face: Face; hall: string; zones: string[]; counter: string | null; settings: PlayerSettings; name?: string
}

export interface Pairing { code: string; secret: string; expires_at: string }
export interface PairingState { state: 'waiting' | 'approved' | 'refused' | 'expired'; player?: string; token?: string; url?: string }
