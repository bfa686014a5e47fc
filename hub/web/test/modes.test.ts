import { describe, expect, test } from 'vitest'
import { NOTHING_SET, setAfter, standingOf, type ModeEntry } from '../src/components/wall/modes'
import { readToday } from '../src/composables/useModes'
import { Problem } from '../src/wire/problem'
import type { Mode } from '../src/wire/setup'

const set = (mode: Mode, where = {}): ModeEntry => ({ event: { mode: { mode, ...where } } })
const newDay: ModeEntry = { event: { day: { new: true } } }
const again: ModeEntry = { event: { day: { new: false } } }
const other: ModeEntry = { event: {} }
const setup = { hall: { mode: 'manual' as Mode }, queues: [{ id: 'a', mode: 'mixed' as Mode }, { id: 'b', mode: null }], counters: [{ id: '1', mode: null }] }

describe('who calls', () => {
  test('is what was set last today, each place for itself, else what the setup says', () => {
    const today = setAfter(NOTHING_SET, [set('mixed'), set('manual', { queue: 'b' }), other, set('automatic'), set('manual', { counter: '1' })])
    expect(standingOf({ kind: 'hall' }, today, setup)).toEqual({ mode: 'automatic', own: true })
    expect(standingOf({ kind: 'queue', id: 'a' }, today, setup)).toEqual({ mode: 'mixed', own: true })
    expect(standingOf({ kind: 'queue', id: 'b' }, today, setup)).toEqual({ mode: 'manual', own: true })
    expect(standingOf({ kind: 'counter', id: '1' }, today, setup)).toEqual({ mode: 'manual', own: true })
    expect(standingOf({ kind: 'queue', id: 'b' }, NOTHING_SET, setup)).toEqual({ mode: 'manual', own: false })
  })
  test('a new day forgets it, a day opened again does not', () => {
    expect(setAfter(NOTHING_SET, [set('automatic'), newDay])).toEqual(NOTHING_SET)
    expect(setAfter(NOTHING_SET, [set('automatic'), again]).hall).toBe('automatic')
  })
})

describe('the journal of the day', () => {
  const journal = (entries: ModeEntry[], archived = 0) => {
    const asked: number[] = []
    const read = (after: number, limit: number) => {
      asked.push(after)
      return after < archived ? Promise.reject(new Problem({ status: 410 })) : Promise.resolve(entries.slice(after, after + limit))
    }
    return { read, asked }
  }
  const many = (count: number) => Array.from({ length: count }, () => other)
  test('is read back to where the day began, and no further', async () => {
    const entries = [...many(900), set('mixed'), newDay, set('automatic'), ...many(700)]
    const { read, asked } = journal(entries)
    expect((await readToday(read, entries.length))?.hall).toBe('automatic')
    expect(asked).toEqual([1_103, 603])
  })
  test('is read up to what was archived, entry by entry at the end', async () => {
    const entries = [...many(1_000), set('automatic'), ...many(600)]
    expect((await readToday(journal(entries, 1_000).read, entries.length))?.hall).toBe('automatic')
    expect((await readToday(journal(entries, 1_001).read, entries.length))?.hall).toBeNull()
  })
  test('is read whole where nothing was before', async () => expect((await readToday(journal([set('mixed')]).read, 1))?.hall).toBe('mixed'))
})
