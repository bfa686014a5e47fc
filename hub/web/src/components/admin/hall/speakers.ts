/** How a speaker is, by what its player says; and what is wrong with one before it is sent. Pure. */
import { say } from '../../../i18n'
import { fieldErrors } from '../../../i18n/words/admin'
import { pronounce, speakers as words, speech as speechWords } from '../../../i18n/words/speech'
import type { PlayerRow } from '../../../wire/office'
import type { HallSetup, Pronunciation, QueueRow, Setup, SpeakerRow, Speech } from '../../../wire/setup'
import type { Wrong } from './checks'

/** `none`: nobody has it; `away`: its player is not there; `unread`: it has not said yet. */
export type SpeakerLook = 'ok' | 'gone' | 'silent' | 'untouched' | 'away' | 'unread' | 'none'

export interface Standing { look: SpeakerLook; detail: string; spoken: number | null; dropped: number }

export function standingOf(speaker: SpeakerRow, players: readonly PlayerRow[]): Standing {
  const nothing = { detail: '', spoken: null, dropped: 0 }
  if (!speaker.player) return { look: 'none', ...nothing }
  const player = players.find(it => it.id === speaker.player)
  if (!player || !player.online) return { look: 'away', ...nothing }
  const told = player.report?.speakers?.find(it => it.id === speaker.id)
  if (!told) return { look: 'unread', ...nothing }
  const dropped = Object.values(told.dropped ?? {}).reduce((sum, count) => sum + count, 0)
  return { look: told.state, detail: told.detail ?? '', spoken: told.spoken ?? 0, dropped }
}

/** A device as it is written: players say in front of it by which driver. */
export const deviceName = (device: string) => device.trim().replace(/^alsa:/, '')

/** They name no device of their own: a player refuses them. */
const NOT_NAMES = ['', 'default', 'sysdefault']

/** Devices a player has said it has, as they are written. */
export function devicesOf(player: string | null, players: readonly PlayerRow[]): string[] {
  const told = players.find(it => it.id === player)?.report?.devices ?? []
  return [...new Set(told.map(deviceName))].filter(it => !NOT_NAMES.includes(it))
}

/** A name that the player has not told: it may be right, and is looked at. */
export const isUntold = (device: string, told: readonly string[]) => told.length > 0 && !!device.trim() && !told.includes(deviceName(device))

const GAIN = { min: -60, max: 12 }
const outOfGain = (db: number) => !(db >= GAIN.min && db <= GAIN.max)

export function wrongWithSpeaker(row: SpeakerRow): Wrong<SpeakerRow> {
  const wrong: Wrong<SpeakerRow> = {}
  if (!row.name.trim()) wrong.name = say(fieldErrors.name)
  if (row.output === 'device' && !row.device.trim()) wrong.device = say(words.deviceNeeded)
  if (row.output === 'page' && !row.player) wrong.player = say(words.pageNeedsScreen)
  for (const field of ['gain_db', 'floor_db'] as const) if (outOfGain(row[field])) wrong[field] = say(words.dbRange)
  if (row.levels.some(it => outOfGain(it.gain_db))) wrong.levels = say(words.dbRange)
  if (row.levels.some(it => !it.from || !it.until || it.from === it.until)) wrong.levels = say(words.levelTimes)
  return wrong
}

const RATE = { min: 70, max: 125 }
const GAP_MS = { min: 0, max: 10_000 }
const STALE_S = { min: 3, max: 300 }
const outside = (value: number, { min, max }: { min: number; max: number }) => !(value >= min && value <= max)

export function wrongWithSpeech(speech: Speech): Partial<Record<string, string>> {
  return {
    ...(outside(speech.rate_percent, RATE) ? { rate_percent: say(speechWords.rateRange) } : {}),
    ...(outside(speech.gap_ms, GAP_MS) ? { gap_ms: say(speechWords.gapRange) } : {}),
    ...(outside(speech.stale_s, STALE_S) ? { stale_s: say(speechWords.staleRange) } : {}),
  }
}

/** An empty sentence is the usual one. */
export function tidySpeech(speech: Speech): Speech {
  const tidy = (of: Speech['zh']) => Object.fromEntries(Object.entries(of).map(([kind, text]) => [kind, text?.trim() || null])) as unknown as Speech['zh']
  return { ...speech, zh: tidy(speech.zh), en: tidy(speech.en) }
}

const SYLLABLE = /^[a-zü:]{1,6}[1-5]$/
const HAN = /^[\u3400-\u9fff·]{1,20}$/

/** What is wrong with each row of the table of pronunciations; nothing where it is right. */
export function wrongWithWord(row: Pronunciation, all: readonly Pronunciation[]): { written?: string; pinyin?: string } {
  const written = row.written.trim()
  const signs = [...written.replace(/·/g, '')].length
  const syllables = row.pinyin.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const same = all.filter(it => it.written.trim() === written && it.surname === row.surname)
  return {
    ...(!HAN.test(written) ? { written: say(pronounce.writtenNeeded) } : same.length > 1 ? { written: say(pronounce.twice, { written }) } : {}),
    ...(!syllables.length || syllables.length !== signs || !syllables.every(it => SYLLABLE.test(it)) ? { pinyin: say(pronounce.pinyinWrong, { example: signs > 1 ? 'lu4 an1' : 'shan4' }) } : {}),
  }
}

export function wrongWithPronunciations(hall: HallSetup): { pronunciations?: string } {
  const first = hall.pronunciations.map(it => wrongWithWord(it, hall.pronunciations)).map(it => it.written ?? it.pinyin).find(Boolean)
  return first ? { pronunciations: first } : {}
}

export const wrongWithQueueSpeech = (row: QueueRow): Partial<Record<string, string>> => (row.speech ? wrongWithSpeech(row.speech) : {})

/** Where a speaker is heard, in words; the whole hall where it has no zones. */
export const zonesOf = (row: SpeakerRow, setup: Setup) => setup.zones.filter(it => row.zones.includes(it.id))
