import { describe, expect, test } from 'vitest'
import { APART_MS, arrive, emptyStage, HOLD_MS, isPulsing, leave, retract, settle, spoken, tick, type Stage } from '../src/components/screen/stage'
import type { Call } from '../src/wire/types'

/** Each at a counter of its own unless one is named. */
const call = (ref: number, counter = String(ref)): Call => ({ ref, number: `A${ref}`, queue: 'A', counter, label: counter, zones: [], at: '', times: 1 })
const numbers = (stage: Stage) => stage.shown.map(s => s.call.ref)

describe('the big region', () => {
  test('a call holds its place eight seconds', () => {
    const stage = arrive(emptyStage, call(1), 0)
    expect(numbers(tick(stage, 7_999))).toEqual([1])
    expect(numbers(tick(stage, 8_000))).toEqual([])
  })
  test('three pulses of one second', () => {
    const stage = arrive(emptyStage, call(1), 0)
    expect(isPulsing(stage, 2_999)).toBe(true)
    expect(isPulsing(stage, 3_000)).toBe(false)
  })
  test('a second call does not break the rhythm', () => {
    const stage = arrive(arrive(emptyStage, call(1), 0), call(2), 1_400)
    expect(stage.pulseFrom).toBe(0)
    expect(stage.pulseUntil).toBe(5_000)
  })
  test('a recall pulses again and holds again', () => {
    const stage = arrive(arrive(emptyStage, call(1), 0), call(1), 6_000)
    expect(isPulsing(stage, 8_500)).toBe(true)
    expect(numbers(tick(stage, 13_999))).toEqual([1])
    expect(numbers(tick(stage, 14_000))).toEqual([])
  })
  test('up to three share it, others wait in order, each at least five seconds', () => {
    const five = [1, 2, 3, 4, 5].reduce((stage, ref) => arrive(stage, call(ref), ref * 100), emptyStage)
    expect(numbers(five)).toEqual([1, 2, 3])
    expect(numbers(tick(five, 5_050))).toEqual([1, 2, 3])
    const first = tick(five, 5_100)
    expect(numbers(first)).toEqual([2, 3, 4])
    const later = tick(first, 5_200)
    expect(numbers(later)).toEqual([3, 4, 5])
    expect(numbers(tick(later, 9_000))).toEqual([4, 5])
  })
  test('a retraction is struck through for three seconds', () => {
    const stage = retract(arrive(emptyStage, call(1), 0), call(1), 1_000)
    expect(stage.shown[0]?.retractedAt).toBe(1_000)
    expect(isPulsing(stage, 1_500)).toBe(false)
    expect(numbers(tick(stage, 3_999))).toEqual([1])
    expect(numbers(tick(stage, 4_000))).toEqual([])
  })
  test('a call that still waits and is taken back is never shown', () => {
    const four = [1, 2, 3, 4].reduce((stage, ref) => arrive(stage, call(ref), 0), emptyStage)
    expect(retract(four, call(4), 100).waiting).toEqual([])
  })
  test('the head call is struck through too', () => {
    expect(retract(emptyStage, call(1), 0).shown[0]?.retractedAt).toBe(0)
  })
  test('the next call of a counter takes the place of the one before, at once', () => {
    const three = [1, 2, 3].reduce((stage, ref) => arrive(stage, call(ref), ref * 100), emptyStage)
    const after = arrive(three, call(9, '2'), 1_000)
    expect(numbers(after)).toEqual([1, 9, 3])
    expect(after.waiting).toEqual([])
    expect(numbers(tick(after, 8_500))).toEqual([9])
    expect(isPulsing(after, 3_500)).toBe(true)
  })
  test('of a counter that calls again while its call waits only the newer one waits', () => {
    const four = [1, 2, 3, 4].reduce((stage, ref) => arrive(stage, call(ref), 0), emptyStage)
    expect(arrive(four, call(9, '4'), 100).waiting.map(c => c.ref)).toEqual([9])
  })
  test('a ticket sent on and called elsewhere stands there, and nothing else of that counter does', () => {
    const two = arrive(arrive(emptyStage, call(1, '1'), 0), call(2, '2'), 100)
    expect(arrive(two, call(1, '2'), 200).shown.map(s => [s.call.ref, s.call.counter])).toEqual([[1, '2']])
  })
  test('who was met at the counter makes room as soon as others wait, not before', () => {
    const three = [1, 2, 3].reduce((stage, ref) => arrive(stage, call(ref), 0), emptyStage)
    const met = settle(three, 2, 1_000)
    expect(numbers(met)).toEqual([1, 2, 3])
    expect(numbers(arrive(met, call(4), 1_500))).toEqual([1, 3, 4])
  })
  test('a call that waits is not shown once its ticket is served or missed', () => {
    const four = [1, 2, 3, 4].reduce((stage, ref) => arrive(stage, call(ref), 0), emptyStage)
    const settled = settle(four, 4, 100)
    expect(settled.waiting).toEqual([])
    expect(numbers(tick(settled, 6_000))).toEqual([1, 2, 3])
  })
  test('who has to come no more leaves at once, and whoever waits takes the place', () => {
    const four = [1, 2, 3, 4].reduce((stage, ref) => arrive(stage, call(ref), 0), emptyStage)
    const after = leave(four, 2, 100)
    expect(numbers(after)).toEqual([1, 3, 4])
    const last = leave(arrive(emptyStage, call(1), 0), 1, 100)
    expect(last.shown).toEqual([])
    expect(isPulsing(last, 200)).toBe(false)
    expect(leave(four, 4, 100).waiting).toEqual([])
  })
  test('a call taken back stays struck through though its ticket waits again', () => {
    const back = retract(arrive(emptyStage, call(1), 0), call(1), 500)
    expect(numbers(leave(back, 1, 600))).toEqual([1])
  })
  test('a call taken back stays struck through while its counter calls the next', () => {
    const back = retract(arrive(emptyStage, call(1), 0), call(1), 500)
    const both = arrive(back, call(2, '1'), 600)
    expect(both.shown.map(s => [s.call.ref, s.retractedAt !== null])).toEqual([[1, true], [2, false]])
  })
})

describe('when the voice begins', () => {
  test('right after the flash nothing pulses anew, and the call stands until it has been said', () => {
    const stage = spoken(arrive(emptyStage, call(1), 0), call(1), APART_MS, 12_000)
    expect(stage.pulseUntil).toBe(3_000)
    expect([numbers(tick(stage, 11_999)), numbers(tick(stage, 12_000))]).toEqual([[1], []])
  })
  test('later it pulses again, and holds its usual time from then on', () => {
    const stage = spoken(arrive(emptyStage, call(1), 0), call(1), 5_000, 6_000)
    expect(isPulsing(stage, 7_900)).toBe(true)
    expect([numbers(tick(stage, 5_000 + HOLD_MS - 1)), numbers(tick(stage, 5_000 + HOLD_MS))]).toEqual([[1], []])
  })
  test('a call that was shown long ago is shown again', () => {
    const stage = spoken(tick(arrive(emptyStage, call(1), 0), 20_000), call(1), 20_000, 26_000)
    expect(numbers(stage)).toEqual([1])
  })
  test('while it is said nobody takes its place', () => {
    let stage = emptyStage
    for (const n of [1, 2, 3]) stage = arrive(stage, call(n), 0)
    stage = spoken(stage, call(2), 100, 9_000)
    for (const n of [4, 5, 6]) stage = arrive(stage, call(n), 200)
    expect(numbers(tick(stage, 6_000)).sort()).toEqual([2, 4, 5])
  })
  test('a call that was taken back stays struck through', () => {
    const stage = spoken(retract(arrive(emptyStage, call(1), 0), call(1), 1_000), call(1), 1_500, 9_000)
    expect(numbers(tick(stage, 4_000))).toEqual([])
  })
})
