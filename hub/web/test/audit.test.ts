import { describe, expect, test } from 'vitest'
import { everybody, hallOf, queryOf, type Search } from '../src/components/admin/settings/auditWords'
import { entryKey, linesOf, moveOf, objectOf, wantedBy, type Names } from '../src/components/admin/settings/auditDeeds'
import type { AuditRow } from '../src/wire/office'
import { newCounter, newQueue, type Setup } from '../src/wire/setup'

const nothing: Search = { hall: '', who: '', what: '', from: '', until: '' }
const row = (chain: string) => ({ chain, n: 1 }) as AuditRow

describe('a search of the audit', () => {
  test('asks for nothing where nothing is chosen', () => expect(queryOf(nothing, 'Asia/Shanghai')).toEqual({}))
  test('means days by the clock that is shown, the last one whole', () =>
    expect(queryOf({ ...nothing, what: 'issued', from: '2025-11-24', until: '2025-11-30' }, 'Asia/Shanghai'))
      .toEqual({ what: 'issued', from: '2025-11-23T16:00:00.000Z', until: '2025-11-30T16:00:00.000Z' }))
  test('offers people, programs, visitors and the hub', () =>
    expect(everybody({ people: [{ id: 'p', name: '李' }], tokens: [{ id: 't', name: '大屏' }] }).map(it => it.who)).toEqual(['person:p', 'token:t', 'visitor', 'hub']))
  test('tells the hall of a row, also of a move', () => {
    const halls = [{ id: 'h', name: '一楼', name_en: '' }]
    expect(['node', 'hall:h', 'journal:h', 'hall:gone'].map(chain => hallOf(row(chain), { halls }))).toEqual(['', '一楼', '一楼', ''])
  })
})

describe('a row of the audit', () => {
  const setup = {
    hall: { counter_word: '号窗口', counter_word_en: 'Counter', reasons: [{ id: 'lunch', name: '午饭', name_en: 'Lunch' }] },
    zones: [], departments: [], classes: [], queues: [{ ...newQueue('q-1'), prefix: 'D', name: '户政' }], counters: [newCounter('c-2', '2')], revision: 4,
  } as unknown as Setup
  const names: Names = { setups: { h: setup }, entries: {
    [entryKey('h', 7)]: { number: 'A012', queue: 'q-1' }, [entryKey('h', 9)]: { ticket: 7, counter: 'c-2' },
    [entryKey('h', 10)]: { counter: 'c-2', change: { paused: { reason: 'lunch' } } }, [entryKey('h', 11)]: { ticket: 7, from: 'c-2', queue: 'q-1', to_counter: null },
  } }
  const move = (n: number, what: string, target = '', detail: object = {}) => ({ n, what, target, detail, chain: 'journal:h' }) as AuditRow
  const saved = (target: string, revision: number) => ({ n: revision, what: 'setup.changed', target, detail: { revision }, chain: 'hall:h' }) as AuditRow

  test('tells the number and the counter of a move', () => {
    expect(objectOf(move(9, 'called', '#7', { counter: 'c-2' }), names)).toBe('A012 · 2 号窗口')
    expect(objectOf(move(7, 'issued', '#7', { queue: 'q-1' }), names)).toBe('A012 · D 户政')
    expect(objectOf(move(11, 'transferred', '#7', { queue: 'q-1' }), names)).toBe('A012 · 2 号窗口 → D 户政')
    expect(linesOf(move(9, 'called', '#7', { counter: 'c-2' }), names)).toEqual([{ label: '号码', text: 'A012' }, { label: '窗口', text: '2 号窗口' }])
  })
  test('tells what was done to a counter, and why', () => {
    expect(moveOf(move(10, 'counter', 'c-2', { counter: 'c-2' }), names)?.zh).toBe('暂停窗口')
    expect(objectOf(move(10, 'counter', 'c-2', { counter: 'c-2' }), names)).toBe('2 号窗口 · 午饭')
    expect(moveOf(move(99, 'counter', 'c-2', { counter: 'c-2' }), names)?.zh).toBe('开放、暂停或关闭窗口')
  })
  test('tells that a mode was taken back', () => {
    expect(moveOf(move(99, 'mode', 'c-2', { counter: 'c-2', mode: 'automatic' }), names)?.zh).toBe('改叫号方式')
    expect(moveOf(move(99, 'mode', 'c-2', { counter: 'c-2', mode: null }), names)?.zh).toBe('叫号方式改回按设置')
  })
  test('tells which part of a setup was saved', () => {
    expect(objectOf(saved('queues.q-1', 5), names)).toBe('队列 D 户政')
    expect(objectOf(saved('counters.c-2', 5), names)).toBe('窗口 2 号窗口')
    expect(objectOf(saved('hall', 5), names)).toBe('基本')
    expect(objectOf(saved('queues.gone', 5), names)).toBe('队列 （现在没有这一项）')
  })
  test('asks journals for its own entry and for where its ticket was taken', () => {
    expect(wantedBy([move(9, 'called', '#7'), move(10, 'counter', 'c-2'), saved('hall', 5)])).toEqual(new Map([['h', [7, 9, 10]]]))
  })
})
