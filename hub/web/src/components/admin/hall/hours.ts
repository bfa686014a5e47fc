/** Hours of a queue: what a table says of them, what is wrong with them, and where they stand on a bar. Pure. */
import { say } from '../../../i18n'
import { fieldErrors } from '../../../i18n/words/admin'
import { weekdayLong } from '../../../i18n/words/setup'
import { WEEKDAYS, type Hours, type Period, type Weekday } from '../../../wire/setup'

const HOUR_MIN = 60
const DAY_H = 24
const WORKDAYS: Weekday[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']

/** Minutes after midnight of `09:30` or `09:30:00`. */
export function minutesOf(time: string): number {
  const [h = 0, m = 0] = time.split(':').map(Number)
  return h * HOUR_MIN + m
}

/** `09:30:00` as people write it: `09:30`. */
export const shortClock = (time: string) => time.slice(0, 5)

/** A typed time as the wire has it: nothing for an empty field, `undefined` where it is no time. */
export function typedTime(text: string): string | null | undefined {
  const typed = text.trim().replace('：', ':')
  if (!typed) return null
  const [, h = '', m = ''] = /^(\d{1,2}):?(\d{2})$/.exec(typed) ?? []
  if (!h || Number(h) >= DAY_H || Number(m) >= HOUR_MIN) return undefined
  return `${h.padStart(2, '0')}:${m}:00`
}

export const newPeriod = (): Period => ({ days: [...WORKDAYS], from: '09:00:00', until: '12:00:00', take_from: null, take_until: null })

/** What most offices have: a morning and an afternoon, with a noon break between. */
export const usualHours = (): Hours => ({
  periods: [newPeriod(), { ...newPeriod(), from: '13:30:00', until: '17:00:00' }], redeem_before_end_s: 0,
})

export function periodsOn(hours: Hours, day: Weekday): Period[] {
  return hours.periods.filter(p => p.days.includes(day)).sort((a, b) => minutesOf(a.from) - minutesOf(b.from))
}

/** What can be drawn of a day, and whether something of it cannot. */
export function drawnOn(hours: Hours, day: Weekday): { periods: Period[]; unclear: boolean } {
  const all = periodsOn(hours, day)
  const periods = all.filter(p => !wrongWithPeriod(p))
  return { periods, unclear: periods.length < all.length }
}

/** The weekday of a date at the site, `2025-11-24`. */
export function weekdayOf(date: string): Weekday {
  const SUNDAY_LAST = 6
  return WEEKDAYS[(new Date(`${date}T12:00:00Z`).getUTCDay() + SUNDAY_LAST) % WEEKDAYS.length] ?? 'Mon'
}

/** A stretch of the bar, in percent of its width. */
export interface Stretch { left: number; width: number }
export interface Bar { fromHour: number; untilHour: number; service: Stretch[]; take: Stretch[]; marks: number[] }

const MARKS_MAX = 6

/** The bar of one day: service above, tickets below. */
export function barOfDay(periods: readonly Period[]): Bar {
  const all = periods.flatMap(p => [p.from, p.until, p.take_from ?? p.from, p.take_until ?? p.until]).map(minutesOf)
  const fromHour = all.length ? Math.max(0, Math.floor((Math.min(...all) - 1) / HOUR_MIN)) : 0
  const untilHour = all.length ? Math.min(DAY_H, Math.ceil((Math.max(...all) + 1) / HOUR_MIN)) : DAY_H
  const span = (untilHour - fromHour) * HOUR_MIN
  const at = (time: string) => (minutesOf(time) - fromHour * HOUR_MIN) / span * 100
  const stretch = (from: string, until: string): Stretch => ({ left: at(from), width: Math.max(0, at(until) - at(from)) })
  const step = Math.max(1, Math.ceil((untilHour - fromHour) / MARKS_MAX))
  const marks = Array.from({ length: Math.floor((untilHour - fromHour) / step) + 1 }, (_, n) => fromHour + n * step)
  return {
    fromHour, untilHour, marks,
    service: periods.map(p => stretch(p.from, p.until)),
    take: periods.map(p => stretch(p.take_from ?? p.from, p.take_until ?? p.until)),
  }
}

/** The break between the first two periods of a day, or nothing. */
export function noonOf(periods: readonly Period[]): string | null {
  const [first, second] = periods
  return first && second && minutesOf(first.until) < minutesOf(second.from) ? `${shortClock(first.until)}–${shortClock(second.from)}` : null
}

/** What is wrong with each period (same order), and with the hours as a whole. */
export function wrongWithHours(hours: Hours): { periods: (string | undefined)[]; whole: string | undefined } {
  const periods = hours.periods.map(wrongWithPeriod)
  if (!hours.periods.length) return { periods, whole: say(fieldErrors.hoursNone) }
  if (periods.some(Boolean)) return { periods, whole: undefined }
  const day = WEEKDAYS.find(it => overlaps(periodsOn(hours, it)))
  return { periods, whole: day ? say(fieldErrors.hoursOverlap, { day: say(weekdayLong[day]) }) : undefined }
}

function wrongWithPeriod(p: Period): string | undefined {
  if (!p.days.length) return say(fieldErrors.hoursDays)
  if (!p.from || !p.until || minutesOf(p.until) <= minutesOf(p.from)) return say(fieldErrors.hoursOrder)
  if (minutesOf(p.take_until ?? p.until) <= minutesOf(p.take_from ?? p.from)) return say(fieldErrors.takeOrder)
  return undefined
}

const overlaps = (sorted: readonly Period[]) => sorted.some((p, n) => n > 0 && minutesOf(p.from) < minutesOf(sorted[n - 1]!.until))
