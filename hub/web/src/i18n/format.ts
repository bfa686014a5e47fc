/**
 * Numbers, times and names as people read them. Pure: no clock, no page.
 *
 * A wait is always an interval, never a single minute; unknown is a dash, none is a nought.
 */
import type { Language, Words } from './index'

export interface Estimate { readonly p50_s: number; readonly p90_s: number }

const MINUTE_S = 60
const FINE_BELOW_MIN = 20
const COARSE_STEP_MIN = 5
const HOUR_MIN = 60

/** What is not known. */
export const UNKNOWN = '—'

const step = (minutes: number) => (minutes < FINE_BELOW_MIN ? 1 : COARSE_STEP_MIN)
const down = (minutes: number) => Math.floor(minutes / step(minutes)) * step(minutes)
const up = (minutes: number) => Math.ceil(minutes / step(minutes)) * step(minutes)

/** The bounds of a wait in whole minutes, rounded outward: to 1 below 20, to 5 above. */
export function bounds(estimate: Estimate): [number, number] {
  const low = down(Math.max(0, estimate.p50_s) / MINUTE_S)
  const high = up(Math.max(estimate.p50_s, estimate.p90_s, 0) / MINUTE_S)
  return [low, high > low ? high : low + step(low)]
}

/** `minutes` in words, with hours from sixty on. */
export function minutes(of: Language, count: number): string {
  if (count < HOUR_MIN) return of === 'zh' ? `${count} 分` : `${count} min`
  const hours = Math.floor(count / HOUR_MIN)
  const rest = count % HOUR_MIN
  if (of === 'zh') return rest ? `${hours} 小时 ${rest} 分` : `${hours} 小时`
  return rest ? `${hours} h ${rest} min` : `${hours} h`
}

/** Words that stay together in one line. */
export const glued = (text: string) => text.replace(/ /g, '\u00a0')

/** The figures and the unit of a wait, apart, because pages set the unit smaller. A wait of hours breaks between its bounds only. */
export function intervalParts(of: Language, estimate: Estimate | null | undefined): { figures: string; unit: string } {
  if (!estimate) return { figures: UNKNOWN, unit: '' }
  const [low, high] = bounds(estimate)
  if (high < HOUR_MIN) return { figures: `${low}–${high}`, unit: of === 'zh' ? '分' : 'min' }
  return { figures: `${glued(minutes(of, low))}\u00a0– ${glued(minutes(of, high))}`, unit: '' }
}

/** A wait as people read it: `10–18 分`. */
export function interval(of: Language, estimate: Estimate | null | undefined): string {
  const { figures, unit } = intervalParts(of, estimate)
  return unit ? `${figures}\u00a0${unit}` : figures
}

/** A wait where there is little room and both languages read it: `35–65 分`, from an hour on `6–8 小时`, rounded outward. */
export function shortInterval(estimate: Estimate): string {
  const [low, high] = bounds(estimate)
  if (low < HOUR_MIN) return `${low}–${high} 分`
  return `${Math.floor(low / HOUR_MIN)}–${Math.ceil(high / HOUR_MIN)} 小时`
}

const two = (n: number) => String(n).padStart(2, '0')

/** A running time: `06:42`, from an hour on `1:06:42`. */
export function timer(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const h = Math.floor(whole / 3600)
  const m = Math.floor((whole % 3600) / 60)
  const s = whole % 60
  return h ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`
}

interface Local { month: number; day: number; year: number; weekday: number; time: string; seconds: string }
const WEEKDAYS_ZH = '日一二三四五六'
const WEEKDAYS_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS_EN = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const formats = new Map<string, Intl.DateTimeFormat>()

function formatFor(zone: string | undefined): Intl.DateTimeFormat {
  const key = zone ?? ''
  const kept = formats.get(key)
  if (kept) return kept
  const made = new Intl.DateTimeFormat('en-GB', {
    ...(zone ? { timeZone: zone } : {}), hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric',
    weekday: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit',
  })
  formats.set(key, made)
  return made
}

/** An instant as it stands on a wall clock in the hall's zone. */
export function local(at: Date, zone?: string): Local {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const part of formatFor(zone).formatToParts(at)) parts[part.type] = part.value
  const time = `${parts.hour}:${parts.minute}`
  return {
    year: Number(parts.year), month: Number(parts.month), day: Number(parts.day),
    weekday: WEEKDAYS_EN.indexOf(parts.weekday ?? ''), time, seconds: `${time}:${parts.second}`,
  }
}

/** `10:42`, on the 24-hour clock. */
export const clock = (at: Date, zone?: string) => local(at, zone).time
/** `10:42:18`, only for "last update". */
export const clockSeconds = (at: Date, zone?: string) => local(at, zone).seconds

/** `11月24日` / `24 Nov`. */
export function day(of: Language, at: Date, zone?: string): string {
  const l = local(at, zone)
  return of === 'zh' ? `${l.month}月${l.day}日` : `${l.day} ${MONTHS_EN[l.month - 1]}`
}

/** `星期一` / `Mon`. */
export function weekday(of: Language, at: Date, zone?: string): string {
  const l = local(at, zone)
  return of === 'zh' ? `星期${WEEKDAYS_ZH[l.weekday]}` : WEEKDAYS_EN[l.weekday] ?? ''
}

/** `周一` / `Mon`. */
export function shortWeekday(of: Language, at: Date, zone?: string): string {
  return of === 'zh' ? `周${WEEKDAYS_ZH[local(at, zone).weekday]}` : weekday(of, at, zone)
}

/** `11月24日 星期一` / `Mon 24 Nov`. */
export function date(of: Language, at: Date, zone?: string): string {
  return of === 'zh' ? `${day(of, at, zone)} ${weekday(of, at, zone)}` : `${weekday(of, at, zone)} ${day(of, at, zone)}`
}

/** `2025-11-24`, for tables and slips. */
export function isoDay(at: Date, zone?: string): string {
  const l = local(at, zone)
  return `${l.year}-${two(l.month)}-${two(l.day)}`
}

/** `138****6618`: the first three and the last four. */
export function maskPhone(phone: string): string {
  return phone.length >= 8 ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : '****'
}

/** The first character and one star for each other. */
export function maskName(name: string): string {
  const [head, ...rest] = [...name]
  return head ? head + '*'.repeat(rest.length) : ''
}

/** Labels in one line, runs of three and more as a range: `1–3、6`. */
export function labels(of: Language, list: readonly string[]): string {
  const runs: string[] = []
  const sorted = [...list].sort((a, b) => Number(a) - Number(b) || a.localeCompare(b, 'zh'))
  for (let n = 0; n < sorted.length;) {
    let last = n
    while (last + 1 < sorted.length && Number(sorted[last + 1]) === Number(sorted[last]) + 1) last += 1
    if (last - n >= 2) runs.push(`${sorted[n]}–${sorted[last]}`)
    else for (let m = n; m <= last; m += 1) runs.push(sorted[m] ?? '')
    n = last + 1
  }
  return runs.join(of === 'zh' ? '、' : ', ')
}

/** A floor as people say it: `1 楼` / `Floor 1`; a floor with a name of its own keeps it in Chinese. */
export function floorName(of: Language, floor: string | null | undefined): string {
  if (!floor) return ''
  if (/^-?[A-Za-z0-9]{1,3}$/.test(floor)) return of === 'zh' ? `${floor} 楼` : `Floor ${floor}`
  return of === 'zh' ? floor : ''
}

/** The name of several counters: `1–3、6 号窗口` / `Counters 1–3, 6`. */
export function countersName(of: Language, list: readonly string[], word: Words): string {
  const several = of === 'en' && list.length > 1 ? { ...word, en: `${word.en}s` } : word
  return counterName(of, labels(of, list), several)
}

/** The name of one counter, with the hall's own word: `3 号窗口` / `Counter 3`. */
export function counterName(of: Language, label: string, word: Words): string {
  return of === 'zh' ? `${label} ${word.zh}`.replace(/(\D) /, '$1') : `${word.en} ${label}`
}
