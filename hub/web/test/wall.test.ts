import { describe, expect, test } from 'vitest'
import { deedsOfCounter, deedsOfHall, deedsOfQueue } from '../src/components/wall/actions'
import { barOf, columnsFor, LIMIT_AT, longestWait, lookOf, waitLight } from '../src/components/wall/lights'
import { runningAt } from '../src/components/wall/notices'
import { board, counter, queue, ticket } from './board'

const now = new Date('2025-11-24T10:20:00+08:00')

describe('the lights', () => {
  test.each([[0, 'ok'], [1_439, 'ok'], [1_440, 'near'], [1_799, 'near'], [1_800, 'late'], [9_999, 'late']] as const)('a wait of %i s of 1800 is %s', (longest, light) => {
    expect(waitLight(longest, 1_800, 2, 5)).toBe(light)
  })
  test('nobody waits and no counter is open: off', () => expect(waitLight(0, 1_800, 0, 0)).toBe('off'))
  test('people wait and no counter is open: seen at once, whatever the wait', () => expect(waitLight(10, 1_800, 0, 2)).toBe('near'))
  test('the bar meets the mark at the limit and never leaves its frame', () => {
    expect(barOf(1_800, 1_800)).toBeCloseTo(LIMIT_AT)
    expect(barOf(99_999, 1_800)).toBe(100)
    expect(barOf(100, 0)).toBe(0)
  })
  test('the longest wait is that of the first in line', () => {
    const waiting = (ref: number, since: string) => ticket(ref, { waiting_since: since })
    expect(longestWait([waiting(1, '2025-11-24T10:10:00+08:00'), waiting(2, '2025-11-24T10:05:00+08:00')], 'A', now)).toBe(900)
    expect(longestWait([], 'A', now)).toBe(0)
  })
  test('a counter that is away too long, or idle while people wait, is seen', () => {
    const scene = { now, waitingForIt: 3, idleLimitS: 600 }
    expect(lookOf({ ...scene, counter: counter('1', { state: 'paused', since: '2025-11-24T10:06:00+08:00' }) })).toBe('pause')
    expect(lookOf({ ...scene, counter: counter('1', { state: 'paused', since: '2025-11-24T10:00:00+08:00' }) })).toBe('late')
    expect(lookOf({ ...scene, counter: counter('1', { state: 'open', since: '2025-11-24T10:00:00+08:00' }) })).toBe('idle-late')
    expect(lookOf({ ...scene, waitingForIt: 0, counter: counter('1', { state: 'open', since: '2025-11-24T10:00:00+08:00' }) })).toBe('idle')
  })
  test.each([[1, 4], [16, 4], [17, 5], [60, 8], [200, 8]])('%i counters stand in %i columns', (count, columns) => expect(columnsFor(count)).toBe(columns))
})

describe('what a supervisor may do', () => {
  const verbs = (list: { command: { do: string } }[]) => list.map(d => d.command.do)
  test('with a counter depends on what it is doing', () => {
    expect(verbs(deedsOfCounter(counter('1', { state: 'closed' }), null, 'p1', '李'))).toEqual(['open_counter'])
    expect(deedsOfCounter(counter('1', { state: 'closed' }), null, 'p1', '李')[0]?.command.staff).toBe('p1')
    expect(verbs(deedsOfCounter(counter('1', { state: 'open' }), null, '', ''))).toEqual(['pause_counter', 'close_counter'])
    expect(verbs(deedsOfCounter(counter('1', { state: 'paused' }), null, '', ''))).toEqual(['resume_counter', 'close_counter'])
    expect(verbs(deedsOfCounter(counter('1', { state: 'calling' }), ticket(1), '', ''))).toEqual(['no_show', 'transfer'])
    expect(verbs(deedsOfCounter(counter('1', { state: 'serving' }), ticket(1), '', ''))).toEqual(['finish', 'transfer'])
  })
  test('a queue is frozen or thawed, a day opened or closed', () => {
    expect(verbs(deedsOfQueue(queue('A')))).toEqual(['freeze_queue'])
    expect(verbs(deedsOfQueue(queue('A', { state: 'frozen' })))).toEqual(['thaw_queue'])
    expect(verbs(deedsOfHall(board()))).toEqual(['close_day'])
    expect(verbs(deedsOfHall(board({ day: { date: '2025-11-24', open: false } })))).toEqual(['open_day'])
  })
  test('names who will be there, and counts everybody whom closing the day concerns', () => {
    expect(deedsOfCounter(counter('1', { state: 'closed' }), null, 'p1', '李')[0]?.fill.who).toBe('李')
    const states = ['waiting', 'waiting', 'parked', 'called', 'serving'] as const
    expect(deedsOfHall(board({ tickets: states.map((state, n) => ticket(n, { state })) }))[0]?.fill).toEqual({ count: 2, parked: 1, busy: 2 })
  })
})

describe('announcements', () => {
  const notice = (id: string, until: string) => ({ id, text: id, zones: [], until })
  test('are shown until their time is over, with the minutes that are left', () => {
    const all = [notice('gone', '2025-11-24T10:20:00+08:00'), notice('soon', '2025-11-24T10:20:30+08:00'), notice('long', '2025-11-24T10:35:00+08:00')]
    expect(runningAt(all, now).map(it => [it.notice.id, it.minutes])).toEqual([['long', 15], ['soon', 1]])
  })
})
