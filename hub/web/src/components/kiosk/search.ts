/**
 * Finding a queue by its name, its pinyin or its first letters, and which keys can still lead somewhere. Pure.
 *
 * Every reading of every character comes from the hub, so that 重庆 is found under CQ and under ZQ.
 */
import type { OfferQueue } from '../../wire/types'

export type Sort = 'taken' | 'letter'
/** A queue that is meant: where to mark its name, and the matter by which it was found. */
export interface Found { queue: OfferQueue; marked: [number, number] | null; matter: string }

export const KEYS = ['QWERTYUIOP', 'ASDFGHJKL', 'ZXCVBNM'] as const
const MIDDLE_LETTERS_MIN = 3
const bare = (text: string) => text.toLowerCase().replace(/[\s'’·-]+/g, '')

/** Where in the name the wanted letters stand; nothing when the queue is not meant; `null` mark when found elsewhere. */
export function match(queue: OfferQueue, wanted: string): { mark: [number, number] | null } | null {
  const want = bare(wanted)
  if (!want) return { mark: null }
  const inName = queue.name.toLowerCase().indexOf(want)
  if (inName >= 0) return { mark: [inName, inName + want.length] }
  let elsewhere = false
  for (const letters of queue.letters) {
    const place = letters.toLowerCase().indexOf(want)
    if (place >= 0 && ofName(queue, letters)) return { mark: [place, place + want.length] }
    elsewhere = elsewhere || place >= 0
  }
  if (elsewhere || queue.pinyin.some(reading => sounds(reading, want))) return { mark: null }
  const words = [queue.name_en, ...queue.matters, queue.prefix].map(text => text.toLowerCase())
  return words.some(text => ` ${text}`.includes(` ${wanted.trim().toLowerCase()}`) || bare(text).includes(want) && /[^a-z]/.test(want)) ? { mark: null } : null
}

/** The letters of a matter come in the same list; those of the name are as long as it and mostly sound like its first reading. */
function ofName(queue: OfferQueue, letters: string): boolean {
  const usual = queue.letters[0] ?? ''
  if (letters.length !== [...queue.name].length || usual.length !== letters.length) return false
  const same = [...letters].filter((letter, n) => letter === usual[n]).length
  return same * 2 >= letters.length
}

/** Full pinyin is found from its beginning, and in the middle once enough is typed to mean it. */
function sounds(reading: string, want: string): boolean {
  const whole = bare(reading)
  return whole.startsWith(want) || (want.length >= MIDDLE_LETTERS_MIN && whole.includes(want))
}

/** The queues that are meant, open ones first, closed ones last with their reason. */
export function find(queues: readonly OfferQueue[], wanted: string, sort: Sort): Found[] {
  const found = queues.flatMap(queue => {
    const hit = match(queue, wanted)
    return hit ? [{ queue, marked: hit.mark, matter: hit.mark || !bare(wanted) ? '' : queue.matters.find(m => bare(m).includes(bare(wanted))) ?? '' }] : []
  })
  return found.sort((a, b) => Number(!isOpen(a.queue)) - Number(!isOpen(b.queue)) || order(a.queue, b.queue, sort))
}

/** The hub gives numbers also where no counter serves the queue; nobody would ever be called with one. */
export const isServed = (queue: OfferQueue) => queue.counters.length > 0
/** It gives numbers now, and only to somebody it knows: a kiosk knows nobody, the desk does. */
export const isForDesk = (queue: OfferQueue) => queue.state === 'open' && isServed(queue) && queue.needs_visitor
export const isOpen = (queue: OfferQueue) => queue.state === 'open' && isServed(queue) && !isForDesk(queue)

function order(a: OfferQueue, b: OfferQueue, sort: Sort): number {
  const byLetter = (a.letters[0] ?? a.name).localeCompare(b.letters[0] ?? b.name) || a.prefix.localeCompare(b.prefix)
  return sort === 'taken' ? b.taken - a.taken || a.prefix.localeCompare(b.prefix) : byLetter
}

/** The keys that still lead to something; the others are dimmed, and stay reachable. */
export function usefulKeys(queues: readonly OfferQueue[], wanted: string): Set<string> {
  const useful = new Set<string>()
  for (const key of KEYS.join('')) if (queues.some(queue => match(queue, wanted + key))) useful.add(key)
  return useful
}
