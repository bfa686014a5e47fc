import { describe, expect, test } from 'vitest'
import { arrive, emptyStage, isPulsing, retract, tick, type Stage } from '../src/components/screen/stage'
import type { Call } from '../src/wire/types'

const call = (ref: number): Call => ({ ref, number: `A${ref}`, queue: 'A', counter: '1', label: '1', zones: [], at: '', times: 1 })
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
})
