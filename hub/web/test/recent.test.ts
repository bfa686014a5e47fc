/** What a hall screen shows of calls that are over: never as an invitation. */
import { describe, expect, test } from 'vitest'
import { arranged, fitting, stateOf } from '../src/components/screen/recent'
import { callText } from '../src/components/screen/CallText'
import { linesOf, numbersOf } from '../src/components/screen/lines'
import { board, call, queue, ticket } from './board'
import type { Board, TicketState } from '../src/wire/types'

const called = call(1, '1')
const now = (state: TicketState, counter: string | null = '1', more: Partial<Board> = {}) => stateOf(board({ tickets: [ticket(1, { state, counter })], ...more }), called)
const none = new Set<number>()

describe('a call', () => {
  test('invites as long as its ticket is awaited at that counter', () => expect(now('called')).toBe('come'))
  test('of a ticket being served is told as such', () => expect(now('serving')).toBe('served'))
  test('of a ticket sent back, or on to another queue or counter, invites nobody', () => {
    expect(now('waiting', null)).toBe('waits')
    expect(now('waiting', '2')).toBe('waits')
    expect(now('serving', '2')).toBe('over')
  })
  test('of a ticket put aside invites nobody', () => expect(now('parked')).toBe('aside'))
  test('that was missed is told as such for as long as it stands among the missed', () => {
    const missed = [{ ref: 1, number: 'A001', queue: 'A', counter: '1', zones: [], since: '' }]
    expect(stateOf(board({ missed }), called)).toBe('missed')
  })
  test('of a ticket that is finished, given up or too late is over', () => expect(stateOf(board(), called)).toBe('over'))
  test('of a ticket sent on names the queue where it waits now', () => {
    const moved = board({ queues: [queue('A'), queue('B')], tickets: [ticket(1, { queue: 'B' })] })
    expect(callText(moved, called, 'waits').queue).toBe('队列B')
    expect(callText(moved, called, 'over').queue).toBe('队列A')
  })
})

describe('the calls of a screen', () => {
  const calls = [call(4, '4'), call(3, '3'), call(2, '2'), call(1, '1')]
  const of = (states: Record<number, TicketState>) => board({ calls, tickets: Object.entries(states).map(([ref, state]) => ticket(Number(ref), { state, counter: ref })) })
  const head = (states: Record<number, TicketState>, shown = none) => { const { head } = arranged(of(states), shown); return head && [head.call.ref, head.state] }

  test('have the newest who is awaited at their head', () => expect(head({ 4: 'serving', 3: 'parked', 2: 'called', 1: 'called' })).toEqual([2, 'come']))
  test('have the newest who is served at their head where nobody is awaited', () => expect(head({ 4: 'waiting', 3: 'serving', 1: 'serving' })).toEqual([3, 'served']))
  test('have no head where all are over', () => expect(head({ 3: 'waiting' })).toBeNull())
  test('leave out what stands in the big region', () => {
    expect(head({ 4: 'called', 3: 'called' }, new Set([4]))).toEqual([3, 'come'])
    expect(arranged(of({ 4: 'called' }), new Set([4])).all.map(it => it.call.ref)).toEqual([3, 2, 1])
  })
  test('keep their order, and push out last who is still awaited', () => {
    const { all } = arranged(of({ 2: 'serving', 1: 'called' }), none)
    expect(fitting(all, 2).map(it => it.call.ref)).toEqual([2, 1])
    expect(fitting(all, 3).map(it => it.call.ref)).toEqual([4, 2, 1])
    expect(fitting(all, 9).map(it => it.call.ref)).toEqual([4, 3, 2, 1])
  })
})

describe('the waiting numbers', () => {
  const busy = board({ queues: [queue('A'), queue('B'), queue('C')], tickets: [ticket(1), ticket(2), ticket(3), ticket(4, { queue: 'B', number: 'B001' })] })
  test('are there also where one alone waits, and not where nobody does', () =>
    expect(numbersOf(linesOf(busy), 2).map(it => [it.queue.id, it.numbers])).toEqual([['A', ['A001', 'A002']], ['B', ['B001']]]))
  test('name the first of each queue', () => expect(linesOf(busy).map(it => it.next)).toEqual(['A001', 'B001', null]))
})
