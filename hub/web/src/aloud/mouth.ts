/**
 * One speaker says one thing after the other: asks its announcer what to do, has the sounds in time, lays them one behind
 * the other, and tells when it begins. Time and sound come from outside (`Out`), so that tests hold both.
 */
import { Announcer, type About, type Saying, type Stop } from './announcer'
import type { Content } from './sayings'

/** Silence between the chime and the first word. */
export const AFTER_CHIME_MS = 60
/** Between two languages at least. */
export const LANGUAGES_MS = 350
/** So long before the first sound, that nothing begins late. */
const LEAD_MS = 20
/** So long is waited for sounds after their time; then it goes on with what is there. */
export const SOUNDS_WAIT_MS = 2_500
/** The same for words that somebody has just written: a voice may take its time for them. */
export const WORDS_WAIT_MS = 20_000
/** After a look at what is due, how long until the next one at the latest. */
const LOOK_MS = 250

export interface Playing { stop: () => void }
/** Where sounds go. */
export interface Out<S> {
  /** Milliseconds by the hub's clock. */
  now: () => number
  /** Calls back once, so many milliseconds from now; the answer takes it back. */
  after: (ms: number, then: () => void) => () => void
  /** A sound at a time by the hub's clock. */
  play: (sound: S, at: number) => Playing
  lengthMs: (sound: S) => number
  /** Before a thing is said: as loud as it is to be now. */
  level: () => void
  chime: S
}

/** Something begins to be heard, and until when it will be. */
export interface Beginning { about: About; zones: readonly string[]; begins: number; ends: number }

export interface MouthOptions<S> {
  out: Out<S>
  /** The sound of a key, as soon as it is there; nothing where it cannot be had. */
  want: (key: string) => Promise<S | null>
  began: (it: Beginning) => void
  /** It could not be said: there is no voice for it, or no sound. `keys`: the sounds it lacked. */
  mute: (about: About, keys: readonly string[]) => void
  ended?: () => void
}

interface Piece<S> { sound: S; pauseMs: number }
interface Laid { at: number; until: number; playing: Playing }
interface Wait<S> { sounds: Map<string, S>; done: boolean }

export class Mouth<S> {
  readonly announcer = new Announcer<Content>()
  private readonly waits = new WeakMap<Content, Wait<S>>()
  private closed = false
  private laid: Laid[] = []
  private times = 0
  private stopAfter: Stop | null = null
  private unplan: (() => void) | null = null
  /** How often it was said whole if it stops before what is planned. */
  private whole = 0
  private unlook: (() => void) | null = null

  constructor(private readonly own: MouthOptions<S>) {}

  push(saying: Saying<Content>): void {
    this.announcer.push(saying)
    this.have(saying)
    this.look()
  }

  withdraw(isOver: (about: About) => boolean): void {
    this.announcer.withdraw(isOver)
    this.look()
  }

  /** Stops at once and forgets all. */
  close(): void {
    this.closed = true
    this.unplan?.()
    this.unlook?.()
    for (const it of this.laid) it.playing.stop()
    this.laid = []
    this.announcer.withdraw(() => true)
  }

  private have({ content, due, about }: Saying<Content>): void {
    const keys = content.aloud.say.flatMap(say => say.parts.map(part => part.key))
    const wait: Wait<S> = { sounds: new Map(), done: !keys.length }
    this.waits.set(content, wait)
    const all = keys.map(async key => { const sound = await this.own.want(key); if (sound) wait.sounds.set(key, sound) })
    void Promise.all(all).then(() => { wait.done = true; this.look() })
    this.own.out.after(Math.max(0, due - this.own.out.now()) + ('announcement' in about ? WORDS_WAIT_MS : SOUNDS_WAIT_MS), () => { wait.done = true; this.look() })
  }

  private look(): void {
    const { out } = this.own
    if (this.closed) return
    this.unlook?.()
    this.unlook = null
    const order = this.announcer.next(out.now(), content => this.waits.get(content)?.done ?? true)
    if (order && 'begin' in order) this.begin(order.begin)
    else if (order) this.stop(order.stop)
    if (this.announcer.count) this.unlook = out.after(LOOK_MS, () => this.look())
  }

  private begin(saying: Saying<Content>): void {
    const { out, began, mute } = this.own
    const pieces = this.piecesOf(saying.content)
    const chime = saying.content.chime
    if (!pieces.length && !chime) {
      mute(saying.about, this.lacked(saying.content))
      this.announcer.lost('mute')
      return this.look()
    }
    out.level()
    const begins = out.now() + LEAD_MS
    const from = chime ? begins + out.lengthMs(out.chime) + (pieces.length ? AFTER_CHIME_MS : 0) : begins
    const once = lengthOf(pieces, out.lengthMs)
    // A chime alone is not repeated.
    this.times = pieces.length ? saying.times : 1
    this.stopAfter = null
    const ends = from + once * this.times + saying.content.aloud.gap_ms * (this.times - 1)
    this.laid = chime ? [{ at: begins, until: begins + out.lengthMs(out.chime), playing: out.play(out.chime, begins) }] : []
    // A chime alone tells nobody anything: screens go on saying that it is not said.
    if (pieces.length) began({ about: saying.about, zones: saying.content.zones, begins, ends })
    else mute(saying.about, this.lacked(saying.content))
    this.say(saying, pieces, from, 1)
  }

  /** Says it the `n`th time, from `at` on. */
  private say(saying: Saying<Content>, pieces: Piece<S>[], at: number, n: number): void {
    const { out } = this.own
    let from = at
    for (const piece of pieces) {
      const until = from + out.lengthMs(piece.sound)
      this.laid.push({ at: from, until, playing: out.play(piece.sound, from) })
      from = until + piece.pauseMs
    }
    const until = this.laid[this.laid.length - 1]?.until ?? at
    this.plan(until, () => {
      const isLast = n >= this.times || this.stopAfter !== null
      this.laid = []
      if (!pieces.length) this.announcer.lost('mute')
      if (isLast) return this.over(n)
      this.plan(until + saying.content.aloud.gap_ms, () => (this.stopAfter ? this.over(n) : this.say(saying, pieces, out.now() + LEAD_MS, n + 1)), n)
    }, n - 1)
  }

  /** What happens next while something is being said. */
  private plan(at: number, then: () => void, whole = 0): void {
    this.unplan?.()
    this.whole = whole
    this.unplan = this.own.out.after(Math.max(0, at - this.own.out.now()), then)
  }

  private stop(stop: Stop): void {
    this.stopAfter = stop
    const now = this.own.out.now()
    if (stop === 'time' && this.laid.length) return
    // What sounds now is heard to its end; nothing that has not begun is.
    const sounding = this.laid.filter(it => it.at <= now)
    for (const it of this.laid) if (it.at > now) it.playing.stop()
    const until = Math.max(now, ...sounding.map(it => it.until))
    const { whole } = this
    this.plan(until, () => { this.laid = []; this.over(whole) }, whole)
  }

  private over(times: number): void {
    this.unplan = null
    this.announcer.ended(this.own.out.now(), times)
    this.own.ended?.()
    this.look()
  }

  private lacked(content: Content): string[] {
    const have = this.waits.get(content)?.sounds
    return content.aloud.say.flatMap(say => say.parts.map(part => part.key)).filter(key => !have?.has(key))
  }

  /** Only whole sentences: one that lacks a sound is left out. */
  private piecesOf(content: Content): Piece<S>[] {
    const have = this.waits.get(content)?.sounds
    const sentences = content.aloud.say.map(say => say.parts.map(part => ({ sound: have?.get(part.key), pauseMs: part.pause_ms ?? 0 })))
      .filter((parts): parts is Piece<S>[] => parts.length > 0 && parts.every(part => part.sound !== undefined))
    return sentences.flatMap((parts, n) => (n === sentences.length - 1 ? parts : withPause(parts)))
  }
}

/** Between two languages there is a pause in any case. */
function withPause<S>(parts: Piece<S>[]): Piece<S>[] {
  return parts.map((part, n) => (n === parts.length - 1 ? { ...part, pauseMs: Math.max(part.pauseMs, LANGUAGES_MS) } : part))
}

function lengthOf<S>(pieces: readonly Piece<S>[], lengthMs: (sound: S) => number): number {
  return pieces.reduce((sum, piece, n) => sum + lengthMs(piece.sound) + (n < pieces.length - 1 ? piece.pauseMs : 0), 0)
}
