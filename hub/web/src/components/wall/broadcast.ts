/** A broadcast as it is written, and what it asks the hub for. Pure. */
import { say } from '../../i18n'
import { broadcast as words } from '../../i18n/words/broadcast'
import type { PlayerRow, SaidAnswer } from '../../wire/office'
import type { SpeakerRow } from '../../wire/setup'
import type { Command, Speaker } from '../../wire/types'

export const TEXT_CHARS_MAX = 500
export const TIMES = [1, 2, 3, 4, 5] as const
export const MINUTES = [5, 15, 30, 60] as const
const MINUTE_S = 60
/** An emergency is said three times unless somebody wants it otherwise. */
const URGENT_TIMES = 3

export type Target = 'hall' | 'zones' | 'speakers'
export interface Broadcast {
  kind: 'text' | 'clip'; text: string; clip: string | null; caption: string; language: 'own' | 'zh' | 'en'
  target: Target; zones: string[]; speakers: string[]; repeat: number; minutes: number; emergency: boolean
}
type Place = { id: string; text: string }
type Heard = Pick<Speaker, 'id' | 'zones'>
type Connected = Heard & Place & Pick<SpeakerRow, 'player'>
type Player = Pick<PlayerRow, 'id' | 'online' | 'report'>

export const newBroadcast = (): Broadcast => ({ kind: 'text', text: '', clip: null, caption: '', language: 'own', target: 'hall', zones: [], speakers: [], repeat: 1, minutes: 15, emergency: false })

/** Turning an emergency on or off takes its usual number of times with it. */
export function withUrgency(draft: Broadcast, emergency: boolean): Broadcast {
  const usual = draft.emergency ? URGENT_TIMES : 1
  return { ...draft, emergency, repeat: draft.repeat === usual ? (emergency ? URGENT_TIMES : 1) : draft.repeat }
}

/** Whatever is heard stands on the screens too. */
const shownText = (draft: Broadcast) => (draft.kind === 'text' ? draft.text : draft.caption).trim()

export const charsOf = (draft: Broadcast) => [...shownText(draft)].length

export function wrongWith(draft: Broadcast): Partial<Record<'text' | 'clip' | 'zones' | 'speakers', string>> {
  const wrong: ReturnType<typeof wrongWith> = {}
  const shown = shownText(draft)
  if (!shown) wrong.text = say(words.needText)
  const over = charsOf(draft) - TEXT_CHARS_MAX
  if (over > 0) wrong.text = say(words.tooLong, { max: TEXT_CHARS_MAX, over })
  if (draft.kind === 'clip' && !draft.clip) wrong.clip = say(words.clipNeeded)
  if (draft.target === 'zones' && !draft.zones.length) wrong.zones = say(words.needZone)
  if (draft.target === 'speakers' && !draft.speakers.length) wrong.speakers = say(words.needSpeaker)
  return wrong
}

/** The zones whose screens show it: of chosen speakers those they are heard in; empty is the whole hall. */
export function shownIn(draft: Broadcast, speakers: readonly Heard[]): string[] {
  if (draft.target === 'hall') return []
  if (draft.target === 'zones') return draft.zones
  const chosen = speakers.filter(it => draft.speakers.includes(it.id))
  return chosen.some(it => !it.zones.length) ? [] : [...new Set(chosen.flatMap(it => it.zones))]
}

/** The speakers that say it. */
export function heardOn<S extends Heard>(draft: Broadcast, speakers: readonly S[]): S[] {
  if (draft.target === 'speakers') return speakers.filter(it => draft.speakers.includes(it.id))
  if (draft.target === 'hall') return [...speakers]
  return speakers.filter(it => !it.zones.length || it.zones.some(zone => draft.zones.includes(zone)))
}

export function commandOf(draft: Broadcast, speakers: readonly Heard[]): Command {
  return {
    do: 'announce', zones: shownIn(draft, speakers), ttl_s: draft.minutes * MINUTE_S, repeat: draft.repeat,
    text: shownText(draft), ...(draft.kind === 'clip' ? { clip: draft.clip } : {}),
    ...(draft.target === 'speakers' ? { speakers: draft.speakers } : {}),
    ...(draft.kind === 'text' && draft.language !== 'own' ? { language: draft.language } : {}),
    ...(draft.emergency ? { emergency: true } : {}),
  }
}

/** Whom it is for, by name. */
export function targetsOf(draft: Broadcast, zones: readonly Place[], speakers: readonly Place[]): string[] {
  const named = (all: readonly Place[], ids: readonly string[]) => all.filter(it => ids.includes(it.id)).map(it => it.text)
  if (draft.target === 'hall') return [say(words.wholeHall)]
  return draft.target === 'zones' ? named(zones, draft.zones) : named(speakers, draft.speakers)
}

/** What a preview is asked for. */
export const sayBody = (draft: Broadcast) => ({ text: draft.text.trim(), ...(draft.language === 'own' ? {} : { languages: [draft.language] }) })

/** The speakers that will stay silent: nobody has them, their player is away, or it says that it cannot play. */
export function unableOf<S extends Connected>(heard: readonly S[], players: readonly Player[]): S[] {
  return heard.filter(it => {
    const player = players.find(p => p.id === it.player)
    const state = player?.report?.speakers?.find(told => told.id === it.id)?.state
    return !player?.online || state === 'gone' || state === 'untouched'
  })
}

/** What somebody is told before it goes out: in which language nobody can say it, and which speakers are not there. */
export function warningsOf(answer: SaidAnswer | null, heard: readonly Connected[], unable: readonly Connected[], joined: (names: string[]) => string): string[] {
  if (!heard.length) return []
  const nobody = unable.length === heard.length
  // Where no speaker is there, nobody hears the chime either.
  const mute = [...new Set(answer?.mute.map(it => it.language) ?? [])].map(it => say(nobody ? words.muteShown : words.muteIn, { language: say(words.languages[it]) }))
  if (!unable.length) return mute
  return [...mute, nobody ? say(words.noneConnected) : say(words.notConnected, { names: joined(unable.map(it => it.text)) })]
}
