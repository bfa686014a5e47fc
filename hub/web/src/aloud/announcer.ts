/**
 * When things are said: the queue of one speaker, by the rules of the players' own (`audio/src/announcer`). Pure: `now` is
 * an argument, in milliseconds, and nothing is heard here.
 *
 * Emergency goes before broadcast, broadcast before call; within a rank who came first. Never two at once. An emergency
 * stops what is being said at its next join; that is said again from its beginning afterwards, unless it is stale by then.
 * What is not begun by its time is dropped, and so is what is no longer true. Whatever was pushed is said or counted.
 */

/** Most things that wait for one speaker. */
export const WAITING_MAX = 100
/** Silence between two things that are said, so that they are heard as two. */
export const BETWEEN_MS = 600

export type Rank = 'call' | 'broadcast' | 'emergency'
const RANKS: Record<Rank, number> = { call: 0, broadcast: 1, emergency: 2 }

/** What is said, so that equal things are one and what is over can be taken out. */
export type About = { ticket: number; counter: string } | { announcement: string } | { test: true }

export interface Saying<T> {
  readonly rank: Rank
  readonly about: About
  /** Not before. */
  readonly due: number
  /** Not begun by then, it is not said any more. */
  readonly freshUntil: number
  /** How often, at least once. */
  readonly times: number
  readonly content: T
}

/** Where something stops: when it has been said once more, or at the next join. */
export type Stop = 'time' | 'join'
export type Order<T> = { begin: Saying<T> } | { stop: Stop }

/** What became of everything that was pushed. */
export interface Tally { said: number; stale: number; merged: number; full: number; withdrawn: number; mute: number; device: number }
export type Dropped = Exclude<keyof Tally, 'said'>

interface Entry<T> { saying: Saying<T>; arrival: number; heard: boolean }
interface Speaking<T> { entry: Entry<T>; stop: Stop | null; told: boolean; over: boolean }

export const sameAbout = (a: About, b: About) => JSON.stringify(a) === JSON.stringify(b)

export class Announcer<T> {
  private waiting: Entry<T>[] = []
  private speaking: Speaking<T> | null = null
  private quietSince: number | null = null
  private arrivals = 0
  readonly tally: Tally = { said: 0, stale: 0, merged: 0, full: 0, withdrawn: 0, mute: 0, device: 0 }

  get count(): number { return this.waiting.length }
  get isSpeaking(): boolean { return this.speaking !== null }
  /** When something has to be looked at next by itself; nothing while it is quiet. */
  get nextDue(): number | null { return this.waiting.length ? Math.min(...this.waiting.map(it => it.saying.due)) : null }

  /** Something more to say. */
  push(given: Saying<T>): void {
    const saying = { ...given, times: Math.max(1, given.times) }
    const { about } = saying
    // A ticket that is called elsewhere now is not sent to the first counter any more.
    if ('ticket' in about) this.withdraw(it => 'ticket' in it && it.ticket === about.ticket && it.counter !== about.counter)
    const same = this.waiting.find(it => sameAbout(it.saying.about, about))
    if (same) {
      this.tally.merged += 1
      same.saying = merged(same.saying, saying)
    } else {
      this.waiting.push({ saying, arrival: ++this.arrivals, heard: false })
    }
    this.sort()
    if (this.waiting.length > WAITING_MAX && this.waiting.pop()?.heard === false) this.tally.full += 1
  }

  /** Takes out what is over. A call that is being said is said to its end, once; an announcement stops at its next join. */
  withdraw(isOver: (about: About) => boolean): void {
    this.keep(it => !isOver(it.saying.about), 'withdrawn')
    const { speaking } = this
    if (!speaking || !isOver(speaking.entry.saying.about)) return
    speaking.over = true
    askStop(speaking, 'announcement' in speaking.entry.saying.about ? 'join' : 'time')
  }

  /** What to do now: asked after everything that happens, and often enough for `due` and freshness. */
  next(now: number, isReady: (content: T) => boolean): Order<T> | null {
    this.keep(it => now <= it.saying.freshUntil, 'stale')
    const next = this.firstReady(now, isReady)
    if (this.speaking) {
      // One whose sounds are still being made interrupts nobody: half a call would be followed by silence.
      if (next?.saying.rank === 'emergency' && this.speaking.entry.saying.rank !== 'emergency') askStop(this.speaking, 'join')
      return tellStop(this.speaking)
    }
    const apart = this.quietSince === null || now >= this.quietSince + BETWEEN_MS
    if (!next || !(apart || next.saying.rank === 'emergency')) return null
    this.waiting = this.waiting.filter(it => it !== next)
    this.speaking = { entry: next, stop: null, told: false, over: false }
    return { begin: next.saying }
  }

  /**
   * The first that is due and has its sounds. What still waits for them holds up its own rank, so that calls keep their
   * order, and lets lower ones pass: words that are being made do not silence the calls meanwhile.
   */
  private firstReady(now: number, isReady: (content: T) => boolean): Entry<T> | null {
    let held: Rank | null = null
    for (const it of this.waiting) {
      if (it.saying.due > now || it.saying.rank === held) continue
      if (isReady(it.saying.content)) return it
      held = it.saying.rank
    }
    return null
  }

  /** What was being said has ended, or was stopped, after so many whole times. */
  ended(now: number, times: number): void {
    const { speaking } = this
    if (!speaking) return
    const { entry, over } = speaking
    this.speaking = null
    this.quietSince = now
    if (times > 0 && !entry.heard) { entry.heard = true; this.tally.said += 1 }
    const left = entry.saying.times - times
    if (over) this.tally.withdrawn += entry.heard ? 0 : 1
    else if (left > 0) {
      entry.saying = { ...entry.saying, times: left }
      this.waiting.push(entry)
      this.sort()
    }
  }

  /** There is nothing to be heard of what was begun, and why. */
  lost(why: 'mute' | 'device'): void {
    if (this.speaking && !this.speaking.entry.heard) this.tally[why] += 1
    this.speaking = null
  }

  private keep(stays: (entry: Entry<T>) => boolean, why: Dropped): void {
    for (const entry of this.waiting) if (!stays(entry) && !entry.heard) this.tally[why] += 1
    this.waiting = this.waiting.filter(stays)
  }

  private sort(): void {
    this.waiting.sort((a, b) => RANKS[b.saying.rank] - RANKS[a.saying.rank] || a.arrival - b.arrival)
  }
}

/** The newer one in the place of the older: due as the first, good as long as the last. */
function merged<T>(old: Saying<T>, now: Saying<T>): Saying<T> {
  const rank = RANKS[old.rank] > RANKS[now.rank] ? old.rank : now.rank
  return { ...now, rank, due: Math.min(old.due, now.due), freshUntil: Math.max(old.freshUntil, now.freshUntil) }
}

/** A nearer stop counts. */
function askStop<T>(speaking: Speaking<T>, stop: Stop): void {
  if (speaking.stop === 'join' || speaking.stop === stop) return
  speaking.stop = stop
  speaking.told = false
}

function tellStop<T>(speaking: Speaking<T>): Order<T> | null {
  if (!speaking.stop || speaking.told) return null
  speaking.told = true
  return { stop: speaking.stop }
}
