/**
 * The link to the hub: one socket that says hello, resumes by position, hears the beats and comes back by itself.
 *
 * It never decides what a message means; it only says whether what was heard is live. Not live starts with a closed
 * link or two missed beats, and ends only after a fresh board, or the frames that were missed, have been handed over.
 */
import type { Board, Face, Frame, Live, Mine, Position, Summary, Voice } from './types'

export type LinkState = 'joining' | 'live' | 'lost' | 'refused'

export interface Follow { hall: string; at?: Position; zones?: string[]; counters?: string[]; ticket?: string; cut?: 'summary' }

/** What the hub says about one hall. */
export type Heard =
  | { hall: string; board: Board }
  | { hall: string; at: Position; frame: Frame }
  | { hall: string; mine: Mine }
  | { hall: string; live: Live }
  | { hall: string; voice: Voice }
  | { hall: string; summary: Summary }

export interface LinkOptions {
  face: Face
  token?: () => string | null
  /** What to follow, asked anew for every hello, with the positions reached. */
  follow: () => Follow[]
  /** `fresh` is false for what was missed while away: it is drawn, never flashed. */
  heard: (heard: Heard, fresh: boolean) => void
  changed: (state: LinkState, closeCode: number | null) => void
  /** The hub's clock minus ours. */
  offset?: (ms: number) => void
  /** How many times the link was tried since it was last live. */
  tried?: (times: number) => void
  socket?: (url: string, protocol: string) => WebSocket
}

export interface Link { close: () => void; retryNow: () => void }

export const PROTOCOL = 'hallcast.v1'
const HEARTBEAT_S = 15
const MISSED_BEATS_MAX = 2
const BEAT_GRACE_MS = 1_000
/** After a resume without a board: this long without a missed frame means there was none left. */
const QUIET_MS = 400
const RETRY = { min_s: 1, max_s: 20 }
const HELLO_WAIT_MS = 8_000
const NEVER_AGAIN_FROM = 4500
/** This player has changed: the hub wants it back at once. */
export const CHANGED = 4004

interface Welcome { now: string; heartbeat_s?: number; retry?: { min_s: number; max_s: number } }
interface Message { welcome?: Welcome; beat?: { now: string }; hall?: string; board?: Board; at?: Position; frame?: Frame; mine?: Mine; live?: Live; voice?: Voice; summary?: Summary }

/** Opens the link and keeps it until closed. */
export function openLink(options: LinkOptions): Link {
  const link = new Connection(options)
  link.open()
  return { close: () => link.close(), retryNow: () => link.retryNow() }
}

class Connection {
  private socket: WebSocket | null = null
  private state: LinkState = 'joining'
  private told = false
  private tries = 0
  private tried = 0
  private heartbeatS = HEARTBEAT_S
  private retry = RETRY
  private silence: ReturnType<typeof setTimeout> | undefined
  private quiet: ReturnType<typeof setTimeout> | undefined
  private again: ReturnType<typeof setTimeout> | undefined
  private waitingFor = new Set<string>()
  private resumed = false
  private closed = false

  constructor(private readonly options: LinkOptions) {}

  open(): void {
    clearTimeout(this.again)
    this.tried += 1
    this.options.tried?.(this.tried)
    const make = this.options.socket ?? ((url, protocol) => new WebSocket(url, protocol))
    const socket = make(`${location.origin.replace(/^http/, 'ws')}/api/v1/socket`, PROTOCOL)
    this.socket = socket
    this.expectWithin(HELLO_WAIT_MS)
    socket.onopen = () => this.hello(socket)
    socket.onmessage = event => { if (socket === this.socket) this.receive(String(event.data)) }
    socket.onclose = event => { if (socket === this.socket) this.gone(event.code) }
  }

  close(): void {
    this.closed = true
    this.drop()
  }

  retryNow(): void {
    if (this.closed || this.state === 'live') return
    this.drop()
    this.tries = 0
    this.open()
  }

  private hello(socket: WebSocket): void {
    const follow = this.options.follow()
    this.waitingFor = new Set(follow.filter(f => !f.at).map(f => f.hall))
    this.resumed = follow.every(f => f.at)
    const token = this.options.token?.()
    const hello = { face: this.options.face, follow, ...(token ? { token } : {}) }
    socket.send(JSON.stringify({ hello }))
  }

  private receive(text: string): void {
    const message = JSON.parse(text) as Message
    this.expectWithin(this.heartbeatS * MISSED_BEATS_MAX * 1_000 + BEAT_GRACE_MS)
    if (message.welcome) this.welcomed(message.welcome)
    else if (message.beat) this.beat(message.beat.now)
    else if (message.hall) this.pass(message.hall, message)
  }

  private welcomed(welcome: Welcome): void {
    this.heartbeatS = welcome.heartbeat_s ?? HEARTBEAT_S
    this.retry = welcome.retry ?? RETRY
    this.tries = 0
    this.options.offset?.(Date.parse(welcome.now) - Date.now())
    this.settle()
  }

  private beat(now: string): void {
    this.options.offset?.(Date.parse(now) - Date.now())
    if (!this.waitingFor.size) this.become('live')
  }

  private pass(hall: string, message: Message): void {
    const fresh = this.state === 'live'
    const { board, at, frame, mine, live, voice, summary } = message
    if (board) this.options.heard({ hall, board }, false)
    else if (at && frame) this.options.heard({ hall, at, frame }, fresh)
    else if (mine) this.options.heard({ hall, mine }, fresh)
    else if (live) this.options.heard({ hall, live }, fresh)
    else if (voice) this.options.heard({ hall, voice }, fresh)
    else if (summary) this.options.heard({ hall, summary }, fresh)
    if (board || mine || summary) this.waitingFor.delete(hall)
    this.settle()
  }

  /** Live once every hall has spoken; after a resume, once nothing that was missed is left. */
  private settle(): void {
    clearTimeout(this.quiet)
    if (this.state === 'live' || this.waitingFor.size) return
    if (this.resumed) this.quiet = setTimeout(() => this.become('live'), QUIET_MS)
    else this.become('live')
  }

  /** Two beats of silence are the end of the link, whatever the network says. */
  private expectWithin(ms: number): void {
    clearTimeout(this.silence)
    this.silence = setTimeout(() => { this.drop(); this.gone(null) }, ms)
  }

  private gone(code: number | null): void {
    this.drop()
    if (this.closed) return
    if (code !== null && code >= NEVER_AGAIN_FROM && code < 5000) return this.become('refused', code)
    this.become('lost', code)
    this.again = setTimeout(() => this.open(), code === CHANGED && this.tries === 0 ? 0 : this.delayMs())
  }

  /** Doubles from the hub's minimum to its maximum, with full jitter, so that a hall does not come back as one. */
  private delayMs(): number {
    const top = Math.min(this.retry.max_s, this.retry.min_s * 2 ** this.tries)
    this.tries += 1
    return (this.retry.min_s + Math.random() * (top - this.retry.min_s)) * 1_000 * (0.5 + Math.random() / 2)
  }

  private drop(): void {
    for (const timer of [this.silence, this.quiet, this.again]) clearTimeout(timer)
    const socket = this.socket
    this.socket = null
    socket?.close()
  }

  private become(state: LinkState, code: number | null = null): void {
    if (state === 'live') this.tried = 0
    if (this.told && state === this.state) return
    this.told = true
    this.state = state
    this.options.changed(state, code)
  }
}
