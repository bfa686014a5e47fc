/**
 * What the big region of a hall screen shows, and for how long. Pure: `now` is an argument, in milliseconds.
 *
 * A call enters in amber with three pulses and holds its place 8 s; when others wait, at least 5 s. Up to three share
 * the region, more wait in order. A recall pulses again. A counter has one call here: its next one takes the place of
 * the one before. Whoever has been met at the counter makes room as soon as others wait, and is not shown later. Whoever
 * has to come no more (missed, put aside, sent back or elsewhere, finished, given up) leaves at once. A call taken back
 * is struck through for 3 s. A call that begins to be heard long after it flashed pulses again, and stands until it has
 * been said. Pulses of several calls fall into one rhythm, so that nothing ever flashes more than once a
 * second.
 */
import type { Call } from '../../wire/types'

export const HOLD_MS = 8_000
export const HOLD_SHARED_MS = 5_000
export const SHARE_MAX = 3
export const PULSE_MS = 1_000
export const PULSES = 3
export const RETRACTED_MS = 3_000
/** Sight and sound of a call differ by no more; else it flashes again when the voice begins. */
export const APART_MS = 150

/** `settled`: the visitor is there. `saidUntil`: when it has been said. */
export interface Shown { readonly call: Call; readonly since: number; readonly retractedAt: number | null; readonly settled: boolean; readonly saidUntil: number }
export interface Stage {
  readonly shown: readonly Shown[]
  readonly waiting: readonly Call[]
  readonly pulseFrom: number
  readonly pulseUntil: number
}

export const emptyStage: Stage = { shown: [], waiting: [], pulseFrom: 0, pulseUntil: 0 }

/** A call or a recall came in, fresh. */
export function arrive(stage: Stage, call: Call, now: number): Stage {
  const waiting = stage.waiting.filter(w => w.ref !== call.ref && w.counter !== call.counter)
  const again = stage.shown.findIndex(s => s.call.ref === call.ref)
  const place = again >= 0 ? again : stage.shown.findIndex(s => s.call.counter === call.counter && s.retractedAt === null)
  if (place < 0) return tick({ ...stage, waiting: [...waiting, call] }, now)
  // Sent to another counter meanwhile: what stood there makes room as well.
  const others = stage.shown.filter((s, n) => n === place || s.call.counter !== call.counter || s.retractedAt !== null)
  const shown = others.map(s => (s === stage.shown[place] ? fresh(call, now) : s))
  return pulsing({ ...stage, waiting, shown }, now)
}

const fresh = (call: Call, now: number): Shown => ({ call, since: now, retractedAt: null, settled: false, saidUntil: 0 })

/** A voice begins to say it at `now`, and ends at `until`. */
export function spoken(stage: Stage, call: Call, now: number, until: number): Stage {
  const shown = stage.shown.find(s => s.call.ref === call.ref)
  if (shown?.retractedAt !== null && shown) return stage
  const after = shown && now - shown.since <= APART_MS ? stage : arrive(stage, call, now)
  return { ...after, shown: after.shown.map(s => (s.call.ref === call.ref ? { ...s, saidUntil: Math.max(s.saidUntil, until) } : s)) }
}

/** The visitor is at the counter: the call need not be read any more. */
export function settle(stage: Stage, ref: number, now: number): Stage {
  const shown = stage.shown.map(s => (s.call.ref === ref ? { ...s, settled: true } : s))
  return tick({ ...stage, shown, waiting: stage.waiting.filter(w => w.ref !== ref) }, now)
}

/** Nobody is awaited any more: the call invites no longer. One that was taken back stays struck through for its time. */
export function leave(stage: Stage, ref: number, now: number): Stage {
  const shown = stage.shown.filter(s => s.call.ref !== ref || s.retractedAt !== null)
  const waiting = stage.waiting.filter(w => w.ref !== ref)
  if (shown.length === stage.shown.length && waiting.length === stage.waiting.length) return stage
  return tick({ ...stage, shown, waiting }, now)
}

/** A call was taken back: struck through if it is shown, or was the head call; forgotten if it still waits. */
export function retract(stage: Stage, call: Call, now: number): Stage {
  const struck = { ...fresh(call, now), retractedAt: now }
  const isShown = stage.shown.some(s => s.call.ref === call.ref)
  const waits = stage.waiting.some(w => w.ref === call.ref)
  const waiting = stage.waiting.filter(w => w.ref !== call.ref)
  if (isShown) return { ...stage, waiting, shown: stage.shown.map(s => (s.call.ref === call.ref ? { ...struck, call: s.call } : s)) }
  if (waits || stage.shown.length >= SHARE_MAX) return { ...stage, waiting }
  return { ...stage, waiting, shown: [...stage.shown, struck] }
}

/** The stage at `now`: what has had its time leaves, what waited enters. */
export function tick(stage: Stage, now: number): Stage {
  let crowded = stage.waiting.length
  const shown = stage.shown.filter(s => {
    if (s.retractedAt !== null) return now - s.retractedAt < RETRACTED_MS
    const age = now - s.since
    if (now < s.saidUntil) return true
    if (age >= HOLD_MS) return false
    if (crowded && stage.shown.length >= SHARE_MAX && (s.settled || age >= HOLD_SHARED_MS)) { crowded -= 1; return false }
    return true
  })
  const entering = stage.waiting.slice(0, Math.max(0, SHARE_MAX - shown.length))
  if (!entering.length) return shown.length === stage.shown.length ? stage : { ...stage, shown }
  const after = { ...stage, shown: [...shown, ...entering.map(call => fresh(call, now))], waiting: stage.waiting.slice(entering.length) }
  return pulsing(after, now)
}

/** Three more pulses from now, in the rhythm that runs already. */
function pulsing(stage: Stage, now: number): Stage {
  const running = now < stage.pulseUntil
  const pulseFrom = running ? stage.pulseFrom : now
  const pulses = Math.ceil((now - pulseFrom) / PULSE_MS) + PULSES
  return { ...stage, pulseFrom, pulseUntil: pulseFrom + pulses * PULSE_MS }
}

/** Whether the amber pulses at `now`. */
export function isPulsing(stage: Stage, now: number): boolean {
  return now < stage.pulseUntil && stage.shown.some(s => s.retractedAt === null)
}
