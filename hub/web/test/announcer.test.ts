/** The queue of a speaker, by the rules the players go by. */
import { describe, expect, test } from 'vitest'
import { Announcer, BETWEEN_MS, WAITING_MAX, type Rank, type Saying } from '../src/aloud/announcer'

const S = 1_000
const call = (ticket: number, atS: number, counter = 'c1'): Saying<number> => ({ rank: 'call', about: { ticket, counter }, due: atS * S, freshUntil: (atS + 30) * S, times: 1, content: ticket })
const byHand = (rank: Rank, id: number, atS: number): Saying<number> => ({ ...call(id, atS), rank, about: { announcement: String(id) } })
const ready = () => true
const begun = (announcer: Announcer<number>, atMs: number) => { const it = announcer.next(atMs, ready); return it && 'begin' in it ? it.begin.content : null }
const stopped = (announcer: Announcer<number>, atMs: number) => { const it = announcer.next(atMs, ready); return it && 'stop' in it ? it.stop : null }
/** All that is said from `nowS` on, each in one second. */
function rest(announcer: Announcer<number>, nowS: number): number[] {
  const said: number[] = []
  for (let at = nowS * S; announcer.count || announcer.isSpeaking; at += S) {
    const one = begun(announcer, at)
    if (one === null) continue
    said.push(one)
    announcer.ended(at + S, 1)
  }
  return said
}
function holding(...sayings: Saying<number>[]): Announcer<number> {
  const announcer = new Announcer<number>()
  for (const it of sayings) announcer.push(it)
  return announcer
}
const nothing = { said: 0, stale: 0, merged: 0, full: 0, withdrawn: 0, mute: 0, device: 0 }

describe('the queue of a speaker', () => {
  test('who came first is said first, broadcasts before calls, emergencies before both', () => {
    const announcer = holding(call(1, 0), call(2, 0), byHand('broadcast', 3, 0), call(4, 0), byHand('emergency', 5, 0))
    expect(rest(announcer, 0)).toEqual([5, 3, 1, 2, 4])
    expect(announcer.tally).toEqual({ ...nothing, said: 5 })
  })
  test('nothing begins while something is said, nor right on its heels', () => {
    const announcer = holding(call(1, 0), call(2, 0))
    expect(begun(announcer, 0)).toBe(1)
    expect(announcer.next(2 * S, ready)).toBeNull()
    announcer.ended(3 * S, 1)
    expect(announcer.next(3 * S, ready)).toBeNull()
    expect(begun(announcer, 3 * S + BETWEEN_MS)).toBe(2)
  })
  test('it waits for its time and for its sounds', () => {
    const announcer = holding(call(1, 5))
    expect(announcer.next(4_990, ready)).toBeNull()
    expect(announcer.next(5_000, () => false)).toBeNull()
    expect(begun(announcer, 5_100)).toBe(1)
  })
  test('equal calls that wait are one, keep the first place and are good as long as the last', () => {
    const announcer = holding(call(1, 0), call(2, 0), { ...call(1, 20), content: 10 })
    expect(rest(announcer, 20)).toEqual([10, 2])
    expect(announcer.tally).toEqual({ ...nothing, said: 2, merged: 1 })
  })
  test('a call that is repeated while it is said is said again', () => {
    const announcer = holding(call(1, 0))
    begun(announcer, 0)
    announcer.push(call(1, 1))
    announcer.ended(2 * S, 1)
    expect(rest(announcer, 3)).toEqual([1])
  })
  test('a ticket called elsewhere is not sent to the first counter any more', () => {
    const announcer = holding(call(1, 0), call(2, 0), { ...call(1, 0, 'c2'), content: 12 })
    expect(rest(announcer, 0)).toEqual([2, 12])
    expect(announcer.tally.withdrawn).toBe(1)
  })
  test('what is stale is dropped and counted', () => {
    const announcer = holding(call(1, 0), call(2, 10))
    expect(begun(announcer, 30_001)).toBe(2)
    expect(announcer.tally.stale).toBe(1)
  })
  test('an emergency stops a call at its next join; the call is said again from its start', () => {
    const announcer = holding({ ...call(1, 0), times: 2 }, call(2, 0))
    begun(announcer, 0)
    announcer.push(byHand('emergency', 9, 1))
    expect(stopped(announcer, S)).toBe('join')
    expect(announcer.next(1_100, ready)).toBeNull()
    announcer.ended(1_500, 0)
    expect(begun(announcer, 1_500)).toBe(9)
    announcer.ended(6_500, 1)
    const again = announcer.next(7_500, ready)
    expect(again && 'begin' in again && [again.begin.content, again.begin.times]).toEqual([1, 2])
    announcer.ended(9 * S, 2)
    expect(rest(announcer, 10)).toEqual([2])
    expect(announcer.tally).toEqual({ ...nothing, said: 3 })
  })
  test('of two times one is left after an emergency', () => {
    const announcer = holding({ ...call(1, 0), times: 2 })
    begun(announcer, 0)
    announcer.push(byHand('emergency', 9, 1))
    stopped(announcer, 3 * S)
    announcer.ended(3_500, 1)
    begun(announcer, 3_500)
    announcer.ended(5 * S, 1)
    const again = announcer.next(7 * S, ready)
    expect(again && 'begin' in again && [again.begin.content, again.begin.times]).toEqual([1, 1])
    announcer.ended(9 * S, 1)
    expect(announcer.tally.said).toBe(2)
  })
  test('what is still being made holds up its own rank and interrupts nobody', () => {
    const announcer = holding(call(1, 0), byHand('emergency', 2, 0), byHand('emergency', 3, 0))
    const without2 = (it: number) => it !== 2
    const first = announcer.next(0, without2)
    expect(first && 'begin' in first && first.begin.content).toBe(1)
    expect(announcer.next(S, without2)).toBeNull()
    expect(stopped(announcer, 2)).toBe('join')
    announcer.ended(2.5 * S, 0)
    expect(begun(announcer, 2.5)).toBe(2)
  })
  test('one emergency does not interrupt another', () => {
    const announcer = holding(byHand('emergency', 8, 0))
    begun(announcer, 0)
    announcer.push(byHand('emergency', 9, 1))
    expect(announcer.next(S, ready)).toBeNull()
  })
  test('what is over leaves: a waiting one silently, a call being said after this time, an announcement at the next join', () => {
    const announcer = holding(call(1, 0), call(2, 0))
    begun(announcer, 0)
    announcer.withdraw(about => 'ticket' in about)
    expect(stopped(announcer, 100)).toBe('time')
    announcer.ended(S, 1)
    expect([announcer.count, announcer.tally.withdrawn, announcer.tally.said]).toEqual([0, 1, 1])

    const other = holding({ ...byHand('broadcast', 3, 0), times: 3 })
    begun(other, 0)
    other.withdraw(about => 'announcement' in about)
    expect(stopped(other, 100)).toBe('join')
    other.ended(S, 0)
    expect([rest(other, 2), other.tally.withdrawn]).toEqual([[], 1])
  })
  test('more than a speaker ever says is dropped at the end, and counted', () => {
    const announcer = holding(...Array.from({ length: WAITING_MAX + 3 }, (_, n) => call(n, 0)))
    expect([announcer.count, announcer.tally.full]).toEqual([WAITING_MAX, 3])
  })
  test('what could not be heard is counted by its reason', () => {
    const announcer = holding(call(1, 0), call(2, 0))
    begun(announcer, 0)
    announcer.lost('mute')
    expect(begun(announcer, 1)).toBe(2)
    expect([announcer.tally.mute, announcer.tally.said]).toEqual([1, 0])
  })
})
