import { describe, expect, test } from 'vitest'
import { otherMode, standingOf } from '../src/components/wall/modes'
import { applyFrame } from '../src/wire/fold'
import { cut } from '../src/wire/cut'
import type { Modes } from '../src/wire/types'
import { board, queue } from './board'

const told: Modes = {
  hall: 'manual', queues: { a: 'mixed', b: 'manual' }, counters: { 1: 'automatic' },
  set: { hall: false, queues: ['a'], counters: ['1'] },
}

describe('who calls now', () => {
  test('is what a queue or a counter has of its own, else the hall’s', () => {
    expect(standingOf({ kind: 'hall' }, told)).toEqual({ mode: 'manual', own: true, set: false })
    expect(standingOf({ kind: 'queue', id: 'a' }, told)).toEqual({ mode: 'mixed', own: true, set: true })
    expect(standingOf({ kind: 'queue', id: 'c' }, told)).toEqual({ mode: 'manual', own: false, set: false })
    expect(standingOf({ kind: 'counter', id: '1' }, told)).toEqual({ mode: 'automatic', own: true, set: true })
  })

  test('of a setup is nothing that could be taken back', () => {
    expect(standingOf({ kind: 'queue', id: 'b' }, told)).toEqual({ mode: 'manual', own: true, set: false })
  })

  test('is shown on a tile only where it is another than the hall’s', () => {
    expect(['a', 'b', 'c'].map(id => otherMode({ kind: 'queue', id }, told))).toEqual(['mixed', null, null])
    expect(otherMode({ kind: 'counter', id: '1' }, told)).toBe('automatic')
    expect(otherMode({ kind: 'counter', id: '1' }, undefined)).toBeNull()
  })

  test('follows the frames, and a part of a hall keeps what is said of its own rows', () => {
    const at = { epoch: 1, seq: 2 }
    const set = applyFrame(board(), at, { queue: { queues: [], mode: 'mixed', modes: told } })
    expect(set.modes).toEqual(told)
    expect(applyFrame(set, at, { queue: { queues: [queue('A')] } }).modes).toEqual(told)
    expect(applyFrame(set, at, { day: { date: '2025-11-25', open: true, new: true, modes: { hall: 'manual', queues: {}, counters: {} } } }).modes?.queues).toEqual({})
    expect(cut({ ...set, counters: [], queues: [queue('a', { zones: ['east'] })] }, { zones: ['east'], counters: [] }).modes).toEqual({
      hall: 'manual', queues: { a: 'mixed' }, counters: {}, set: { hall: false, queues: ['a'], counters: [] },
    })
  })
})
