/** People and wait of a queue in one line, in the page's language. */
import { language, say } from '../../i18n'
import { clock, countersName, date, interval } from '../../i18n/format'
import { kiosk as words } from '../../i18n/words/kiosk'
import { queueStates } from '../../i18n/words/states'
import type { OfferHall, OfferQueue } from '../../wire/types'
import { hubNow } from '../../composables/useClock'
import { common } from '../../i18n/words/common'

export function waitLine(queue: OfferQueue): string {
  if (queue.state !== 'open') return say(queueStates[queue.state])
  if (!queue.waiting) return say(words.none)
  return queue.estimate ? say(words.wait, { n: queue.waiting, wait: interval(language.value, queue.estimate) }) : say(words.waitUnknown, { n: queue.waiting })
}

/** When a closed queue takes numbers again, as people say it. */
export function opensLine(queue: OfferQueue, zone: string | undefined): string {
  return queue.opens_at ? say(words.opens, { time: when(new Date(queue.opens_at), zone) }) : say(words.closedAsk)
}

/** `13:30` today, with the date on another day. */
export function when(at: Date, zone: string | undefined): string {
  const sameDay = date('en', at, zone) === date('en', hubNow(), zone)
  return sameDay ? clock(at, zone) : `${date(language.value, at, zone)} ${clock(at, zone)}`
}

/** `9–13 号窗口`. */
export function countersLine(queue: OfferQueue, hall: OfferHall | null): string {
  if (!queue.counters.length) return ''
  const word = hall?.counter_word ? { zh: hall.counter_word, en: hall.counter_word_en ?? common.counterWord.en } : common.counterWord
  return countersName(language.value, queue.counters, word)
}
