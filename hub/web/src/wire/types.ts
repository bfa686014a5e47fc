/**
 * What travels between the hub and its pages. The shapes of the socket are made from the hub's own description
 * (`api.d.ts`); here stand their words, and what a page may rely on after reading a board.
 */
import type { components } from './api'

type Api = components['schemas']
/** Every field is there, also where the description lets it be absent. */
type Whole<T> = { [K in keyof T]-?: Exclude<T[K], undefined> }
/** The same shape with narrower words or other parts. */
type With<T, Parts> = Omit<T, keyof Parts> & Parts

export type TicketState = Api['TicketState']
export type CounterState = Api['CounterState']
export type QueueState = Api['QueueState']
export type PauseReason = 'busy' | 'away' | 'break' | 'other'
export type Face = Api['Face']

/** How far a hall's journal has come. `epoch` is compared for equality only. */
export type Position = Api['At']
export type Estimate = Api['Estimate']
export type Stage = Api['Stage']

/** A ticket in frames and boards. `StaffPart` stands in the staff cut only. */
export type Ticket = With<Whole<Omit<Api['Ticket'], keyof Api['StaffPart']>>, { state: TicketState }> & Api['StaffPart']

/** A counter in frames and boards; `staff` stands in the staff cut only. */
export type Counter = With<Whole<Omit<Api['Counter'], 'staff' | 'zone'>>, { state: CounterState }> &
  { zone?: string | null; staff?: Whole<Api['Staff']> | null }

export type Queue = With<Whole<Api['Queue']>, { state: QueueState }>

export type Call = Api['Call']
export type Missed = With<Api['Missed'], { counter: string | null }>
/** How something is said aloud; the sounds are fetched by key. */
export type Aloud = With<Whole<Api['Aloud']>, { unheard?: boolean }>
/** A sentence of it in one language. */
export type Say = Api['Say']
/** What speakers do now: told to whoever is there, kept nowhere. */
export type Voice = Api['Voice']
/** A speaker begins to say something. */
export type Began = Api['Began']
/** A speaker, addressed by itself. */
export type Speaker = Whole<Api['Speaker']>
export type SpeakerState = Api['SpeakerState']
export type SpeakerReport = Api['SpeakerReport']
export type Level = Api['Level']
export type Notice = Omit<Whole<Api['Notice']>, 'emergency'> & { emergency?: boolean }
/** A code of the hall's lists with its words. */
export type Word = Api['Word']
export type Day = Api['DayFace']
/** `speaks`: calls are said aloud here. */
export type Hall = Api['HallFace']

/** A board; who moves tickets (`modes`) stands in the staff cut only. */
export type Board = With<Whole<Omit<Api['Board'], 'modes'>>, {
  hall: Hall; queues: Queue[]; tickets: Ticket[]; counters: Counter[]; missed: Missed[]; notices: Notice[]
}> & { modes?: Modes | null }
export type Modes = Api['Modes']

type KeyOf<T> = T extends unknown ? keyof T : never
/** The kinds known today; an unknown one folds all the same. */
export type FrameKind = KeyOf<Api['Frame']>

/** What a frame may carry, over all kinds: the new state of what it touched, and a kind's own words. */
export interface FrameBody {
  ticket?: Ticket; counter?: Counter; other_counter?: Counter; zones?: string[]; reason?: string; time?: string
  times?: number; speak_at?: string | null; because?: { rule: string; candidates: number[] }
  undoes?: number; call?: Call; since?: string
  queues?: Queue[]; mode?: string; modes?: Modes | null
  revision?: number; hall?: Hall; counters?: Counter[]
  date?: string; open?: boolean; new?: boolean
  id?: string; text?: string | null; clip?: string | null; speakers?: string[]; language?: string | null; repeat?: number; until?: string; emergency?: boolean; aloud?: Aloud
}
export type Frame = { readonly [kind: string]: FrameBody }

/** The visitor's own ticket, over the socket: latest wins. `notices`: emergencies where it waits. */
export type Mine = With<Whole<Api['Mine']>, { state: TicketState; notices: Notice[] }>
/** What changes without an entry; a queue without an estimate is absent. */
export type Live = With<Api['Live'], { queues?: Record<string, QueueState> }>
/** A hall in figures, for a wall over many halls. */
export type Summary = Api['Summary']

/** A ticket as the holder of its key reads it. */
export interface TicketPage {
  id: string; ref: number; number: string; queue: string; state: TicketState; priority: string | null
  counter: string | null; stage: Stage | null; zones: string[]; issued_at: string; called_at: string | null
  started_at: string | null; finished_at: string | null; ahead: number | null; estimate: Estimate | null
  appointment: string | null; url: string
  hall?: string; queue_name?: string; queue_name_en?: string; counter_label?: string | null
  calls?: { number: string; label: string }[]; hint?: string | null; hint_en?: string | null; slip?: SlipState; slip_why?: string | null; defer?: Mine['defer']
  /** Names, words and clock of the hall, and the signs of the counters that serve the queue. */
  place?: Hall; counters?: string[]
  /** Emergencies where it waits. */
  notices?: Notice[]
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

export interface AboutHall { id: string; name: string; name_en: string; site: string; site_en: string; time_zone?: string }
/** The hall of an offer; a kiosk adds the words of the hall from its board. */
export interface OfferHall extends AboutHall { counter_word?: string; counter_word_en?: string }
export interface About { name: string; version: string; public_url: string; halls: AboutHall[]; demo: boolean
  /** The page of the demo hall's paired kiosk. */
  demo_kiosk?: { hall: string; address: string } | null
}

export interface OfferQueue {
  id: string; prefix: string; name: string; name_en: string; short?: string | null; department: string | null; zones: string[]
  floor?: string | null; letters: string[]; pinyin: string[]; taken: number; waiting: number; state: QueueState
  opens_at: string | null; quota_left: number | null; estimate: Estimate | null; counters: string[]; matters: string[]
  /** Only a visitor whom the hub knows gets its tickets. */
  needs_visitor: boolean
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
  /** Told to itself and to people only. */
  speakers?: Speaker[]; time_zone?: string
}

export interface Pairing { code: string; secret: string; expires_at: string }
export interface PairingState { state: 'waiting' | 'approved' | 'refused' | 'expired'; player?: string; token?: string; url?: string }
