/** People and wait of a queue, in the page's language. */
import { inLanguage, language, nameOf, say, secondName, type Language, type Words } from '../../i18n'
import { clock, countersName, date, interval, isoDay, shortWeekday } from '../../i18n/format'
import { kiosk as words } from '../../i18n/words/kiosk'
import { sentence, type Problem } from '../../wire/problem'
import { queueStates } from '../../i18n/words/states'
import type { OfferHall, OfferQueue } from '../../wire/types'
import { hubNow } from '../../composables/useClock'
import { common } from '../../i18n/words/common'
import { isForDesk, isOpen, isServed } from './search'

/** In lines: a wait of an hour and more stands in one of its own, and is broken between its bounds only; what is shut says when it opens. */
export function waitLine(queue: OfferQueue, zone?: string): string[] {
  if (isForDesk(queue)) return [say(words.needsVisitor)]
  if (!isOpen(queue)) return [say(shutWords(queue)), ...(opensAgain(queue, zone) ?? [])]
  if (!queue.waiting) return [say(words.none)]
  const people = say(words.waiting, { n: queue.waiting })
  if (!queue.estimate) return [people]
  const wait = interval(language.value, queue.estimate)
  const line = say(words.about, { wait })
  return wait.includes(LONG) ? [people, line] : [`${people} · ${line}`]
}
/** Between the bounds of a wait that is told in hours. */
const LONG = '\u00a0– '

/** Why a queue gave no number, by its name and as it stands now. */
export function refusedLine(of: Language, problem: Problem, queue: OfferQueue | null, zone: string | undefined): string {
  // Nothing is typed at a kiosk, so nothing there can be mended.
  if (problem.code === 'bad_input') return inLanguage(of, words.notHere)
  if (!queue || queue.state === 'open' || !STATE_CODES.includes(problem.code)) return sentence(problem, of)
  const name = of === language.value ? nameOf(queue) : secondName(queue) || nameOf(queue)
  const opens = queue.opens_at ? inLanguage(of, words.opens, { time: when(new Date(queue.opens_at), zone, of) }) : inLanguage(of, words.chooseOther)
  return inLanguage(of, words.refused, { name, state: inLanguage(of, queueStates[queue.state]), more: opens })
}
const STATE_CODES = ['outside_hours', 'queue_frozen', 'quota_reached', 'day_closed']

/** Why a queue gives no numbers. Opening hours help nobody where no counter serves it. */
export function shutWords(queue: OfferQueue): Words {
  if (!isServed(queue)) return words.unserved
  return isForDesk(queue) ? words.needsVisitorShort : queueStates[queue.state]
}

const opensAgain = (queue: OfferQueue, zone: string | undefined) =>
  (queue.opens_at && isServed(queue) ? [say(words.opens, { time: when(new Date(queue.opens_at), zone) })] : null)

/** When a closed queue takes numbers again, as people say it; else who helps. */
export function opensLine(queue: OfferQueue, zone: string | undefined): string {
  if (isForDesk(queue)) return say(words.needsVisitorDo)
  return opensAgain(queue, zone)?.[0] ?? say(words.closedAsk)
}

const DAY_MS = 86_400_000
/** The same weekday comes again after this many days: from then on only a date is plain. */
const WEEK_DAYS = 7

/** `13:30` today, `周一 09:00` within a week, with the date later. */
export function when(at: Date, zone: string | undefined, of: Language = language.value): string {
  const days = Math.round((Date.parse(isoDay(at, zone)) - Date.parse(isoDay(hubNow(), zone))) / DAY_MS)
  const named = days === 0 ? '' : days > 0 && days < WEEK_DAYS ? shortWeekday(of, at, zone) : date(of, at, zone)
  return `${named} ${clock(at, zone)}`.trim()
}

/** `9–13 号窗口`. */
export function countersLine(queue: OfferQueue, hall: OfferHall | null): string {
  if (!queue.counters.length) return ''
  const word = hall?.counter_word ? { zh: hall.counter_word, en: hall.counter_word_en ?? common.counterWord.en } : common.counterWord
  return countersName(language.value, queue.counters, word)
}
