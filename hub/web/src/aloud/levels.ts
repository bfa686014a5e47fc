/** How loud a speaker is at a time of the day. Pure. */
import type { Level, Speaker } from '../wire/types'

const DAY_S = 86_400
const HOUR_S = 3_600
const MINUTE_S = 60
const DB_PER_TEN_TIMES = 20

/** Seconds after midnight of `09:30` or `09:30:00`. */
export function secondsOf(time: string): number {
  const [h = 0, m = 0, s = 0] = time.split(':').map(Number)
  return (h * HOUR_S + m * MINUTE_S + s) % DAY_S
}

/** Seconds after midnight in a time zone. */
export function secondOfDay(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(at)
  return secondsOf(parts)
}

function holds(level: Level, second: number): boolean {
  const [from, until] = [secondsOf(level.from), secondsOf(level.until)]
  return from < until ? second >= from && second < until : second >= from || second < until
}

/** The gain at so many seconds after local midnight, dB. A hearing loop is always equally loud. */
export function gainAt(speaker: Pick<Speaker, 'kind' | 'gain_db' | 'levels' | 'floor_db'>, second: number): number {
  if (speaker.kind === 'loop') return speaker.gain_db
  const level = speaker.levels.find(it => holds(it, second))
  return Math.max(speaker.gain_db + (level?.gain_db ?? 0), speaker.floor_db)
}

/** Decibels as a factor of the samples. */
export const factorOf = (db: number) => 10 ** (db / DB_PER_TEN_TIMES)
