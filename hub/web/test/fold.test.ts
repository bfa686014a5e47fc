import { describe, expect, test } from 'vitest'
import { cut } from '../src/wire/cut'
import { applyFrame, NOTICES_KEPT } from '../src/wire/fold'
import type { Board, FrameBody } from '../src/wire/types'
import { board, counter, queue, ticket } from './board'

let seq = 0
const then = (before: Board, kind: string, body: FrameBody) => applyFrame(before, { epoch: 1, seq: ++seq }, { [kind]: { time: '2025-11-24T02:00:00Z', ...body } })

describe('the fold', () => {
  test('a new ticket waits and is counted', () => {
    const after = then(board(), 'issued', { ticket: ticket(7) })
    expect(after.tickets.map(t => t.number)).toEqual(['A007'])
    expect(after.queues[0]).toMatchObject({ waiting: 1 })
    expect(after.queues[1]).toMatchObject({ waiting: 0 })
  })
  test('a ticket is replaced by its ref', () => {
    const after = then(then(board(), 'issued', { ticket: ticket(7) }), 'reprioritised', { ticket: ticket(7, { priority: 'elder' }) })
    expect(after.tickets).toHaveLength(1)
    expect(after.tickets[0]?.priority).toBe('elder')
  })
  test('a call stands on top, and on the counter', () => {
    const waiting = then(board(), 'issued', { ticket: ticket(7) })
    const after = then(waiting, 'called', { ticket: ticket(7, { state: 'called', counter: '2' }), counter: counter('2', { state: 'calling', ticket: 7 }), times: 1 })
    expect(after.calls[0]).toMatchObject({ number: 'A007', counter: '2', label: '2', times: 1 })
    expect(after.counters[1]).toMatchObject({ state: 'calling', ticket: 7 })
    expect(after.queues[0]).toMatchObject({ waiting: 0 })
  })
  test('a recall replaces its call, and does not stand twice', () => {
    const called = then(board(), 'called', { ticket: ticket(7, { state: 'called', counter: '2' }), times: 1 })
    const after = then(called, 'recalled', { ticket: ticket(7, { state: 'called', counter: '2' }), times: 2 })
    expect(after.calls).toHaveLength(1)
    expect(after.calls[0]?.times).toBe(2)
  })
  test('an undone call is taken back everywhere', () => {
    const called = then(board(), 'called', { ticket: ticket(7, { state: 'called', counter: '2' }), times: 1 })
    const after = then(called, 'undone', { ticket: ticket(7), undoes: 1 })
    expect(after.calls).toEqual([])
    expect(after.queues[0]?.waiting).toBe(1)
  })
  test('a closed ticket is dropped', () => {
    const after = then(then(board(), 'issued', { ticket: ticket(7) }), 'finished', { ticket: ticket(7, { state: 'done' }) })
    expect(after.tickets).toEqual([])
  })
  test('a no-show is listed as missed until it returns', () => {
    const missed = then(board(), 'no_show', { ticket: ticket(7, { state: 'no_show', counter: '2' }), counter: counter('2') })
    expect(missed.missed.map(m => m.number)).toEqual(['A007'])
    expect(then(missed, 'returned', { ticket: ticket(7) }).missed).toEqual([])
  })
  test('an unknown kind still folds', () => {
    const after = then(board(), 'from_tomorrow', { ticket: ticket(9), counter: counter('1', { state: 'paused', reason: 'away' }) })
    expect(after.tickets[0]?.ref).toBe(9)
    expect(after.counters[0]?.state).toBe('paused')
  })
  test('a new day begins without calls and missed numbers', () => {
    const called = then(board(), 'called', { ticket: ticket(7, { state: 'called', counter: '2' }), times: 1 })
    const after = then(called, 'day', { date: '2025-11-25', open: true, new: true })
    expect(after).toMatchObject({ day: { date: '2025-11-25', open: true }, calls: [], missed: [] })
  })
  test('a new setup replaces queues and counters, and counts anew', () => {
    const waiting = then(board(), 'issued', { ticket: ticket(7) })
    const after = then(waiting, 'configured', { revision: 2, queues: [queue('A', { name: '新' })], counters: [counter('9')] })
    expect(after.queues).toMatchObject([{ name: '新', waiting: 1 }])
    expect(after.counters.map(c => c.id)).toEqual(['9'])
  })
  test('an announcement is a notice', () => {
    const after = then(board(), 'announced', { id: 'n', text: '请注意', zones: [], until: '2025-11-24T11:00:00Z' })
    expect(after.notices).toMatchObject([{ id: 'n', text: '请注意' }])
  })
  test('an announcement that was withdrawn is gone at once, the others stay', () => {
    const said = (old: Board, id: string) => then(old, 'announced', { id, text: id, zones: [], until: '2025-11-24T11:00:00Z' })
    const after = then(said(said(board(), 'a'), 'b'), 'withdrawn', { id: 'a', zones: [], time: '2025-11-24T10:00:00Z' })
    expect(after.notices.map(n => n.id)).toEqual(['b'])
  })
  test('of many announcements the oldest gives way, as it does at the hub', () => {
    let held = board()
    for (let n = 0; n <= NOTICES_KEPT; n += 1) held = then(held, 'announced', { id: `n${n}`, text: 'x', zones: [], until: '2025-11-24T11:00:00Z' })
    expect(held.notices).toHaveLength(NOTICES_KEPT)
    expect(held.notices[0]?.id).toBe('n1')
  })
  test('the old board stays as it was', () => {
    const before = board()
    then(before, 'issued', { ticket: ticket(7) })
    expect(before.tickets).toEqual([])
  })
})

describe('zones', () => {
  const whole = board({
    queues: [queue('A', { zones: ['east'] }), queue('B', { zones: ['west'] }), queue('C')],
    counters: [counter('1', { zones: ['east'] }), counter('2', { zones: ['west'] })],
    tickets: [ticket(1, { zones: ['east'] }), ticket(2, { queue: 'B', zones: ['west'] })],
  })
  test('none is the whole hall', () => expect(cut(whole, { zones: [], counters: [] })).toBe(whole))
  test('what meets the list, and what concerns the whole hall', () => {
    const part = cut(whole, { zones: ['east'], counters: [] })
    expect(part.queues.map(q => q.id)).toEqual(['A', 'C'])
    expect(part.counters.map(c => c.id)).toEqual(['1'])
    expect(part.tickets.map(t => t.ref)).toEqual([1])
  })
  test('a part by counters holds those, their queues and the tickets at them', () => {
    const part = cut(board({ tickets: [ticket(1, { state: 'called', counter: '1' }), ticket(2)] }), { zones: [], counters: ['1'] })
    expect(part.counters.map(c => c.id)).toEqual(['1'])
    expect(part.queues.map(q => [q.id, q.waiting])).toEqual([['A', 0]])
    expect(part.tickets.map(t => t.ref)).toEqual([1])
  })
})
