import { describe, expect, test } from 'vitest'
import { everybody, hallOf, queryOf, type Search } from '../src/components/admin/settings/auditWords'
import { linesOf, moveOf, objectOf, type Setups } from '../src/components/admin/settings/auditDeeds'
import type { AuditRow } from '../src/wire/office'
import { newCounter, newQueue, type Setup } from '../src/wire/setup'

const nothing: Search = { hall: '', who: '', what: '', from: '', until: '', number: '' }
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
  const setups: Setups = { h: setup }
  const move = (what: string, detail: object) => ({ n: 9, what, target: '#7', detail, chain: 'journal:h' }) as AuditRow
  const saved = (target: string, detail: object) => ({ n: 5, what: 'setup.changed', target, detail: { revision: 5, ...detail }, chain: 'hall:h' }) as AuditRow

  test('tells the number and the counter of a move', () => {
    expect(objectOf(move('called', { number: 'A012', counter: 'c-2' }), setups)).toBe('A012 · 2 号窗口')
    expect(objectOf(move('issued', { number: 'A012', queue: 'q-1' }), setups)).toBe('A012 · D 户政')
    expect(objectOf(move('transferred', { number: 'A012', from: 'c-2', queue: 'q-1' }), setups)).toBe('A012 · 2 号窗口 → D 户政')
    expect(linesOf(move('called', { number: 'A012', counter: 'c-2' }), setups)).toEqual([{ label: '号码', text: 'A012' }, { label: '窗口', text: '2 号窗口' }])
  })
  test('tells which step was taken back', () => {
    expect(objectOf(move('undone', { number: 'A012', counter: 'c-2', undone: 'called', undoes: 8 }), setups)).toBe('A012 · 叫号 · 2 号窗口')
  })
  test('tells what was done to a counter, and why', () => {
    const paused = move('counter', { counter: 'c-2', change: { paused: { reason: 'lunch' } } })
    expect(moveOf(paused)?.zh).toBe('暂停窗口')
    expect(objectOf(paused, setups)).toBe('2 号窗口 · 午饭')
    expect(moveOf(move('counter', { counter: 'c-2' }))?.zh).toBe('开放、暂停或关闭窗口')
  })
  test('tells that a mode was taken back', () => {
    expect(moveOf(move('mode', { counter: 'c-2', mode: 'automatic' }))?.zh).toBe('改叫号方式')
    expect(moveOf(move('mode', { counter: 'c-2', mode: null }))?.zh).toBe('叫号方式改回按设置')
  })
  test('tells which part of a setup was saved, by the name it had then', () => {
    expect(objectOf(saved('queues.q-1', { deed: 'changed', named: { prefix: 'D', name: '户籍' } }), setups)).toBe('队列 D 户籍')
    expect(objectOf(saved('counters.c-2', { named: { label: '2' } }), setups)).toBe('窗口 2 号窗口')
    expect(objectOf(saved('hall', {}), setups)).toBe('基本')
    expect(objectOf(saved('queues.gone', { deed: 'removed', named: { prefix: 'E', name: '旧队列' } }), setups)).toBe('队列 E 旧队列')
    expect(objectOf(saved('queues.q-1', {}), setups)).toBe('队列 D 户政')
    expect(objectOf(saved('queues.gone', {}), setups)).toBe('队列 （现在没有这一项）')
    expect([moveOf(saved('hall', { deed: 'removed' }))?.zh, moveOf(saved('hall', {}))]).toEqual(['删除大厅设置', undefined])
  })
  test('tells how long whoever failed to sign in has to wait', () => {
    const refused = { n: 3, what: 'session.refused', target: 'p', detail: { wait_s: 20 }, chain: 'node' } as unknown as AuditRow
    expect(linesOf(refused, setups)).toEqual([{ label: '须等多久才能再试', text: '20 秒' }])
  })
  test('tells what changed, field by field', () => {
    const fields = { recalls: [2, 3], mode: [null, 'automatic'], late_s: [600, 900], ticker: [], closing_soon: [1, 2] }
    expect(linesOf(saved('queues.q-1', { deed: 'changed', fields }), setups).slice(2)).toEqual([
      { label: '最多重呼', text: '2 → 3' }, { label: '叫号方式', text: '（空） → 自动分配' }, { label: '等候多久亮红灯', text: '10 分 → 15 分' },
      { label: '屏幕滚动文字', text: '已改动' }, { label: '其他字段', text: '1 → 2' },
    ])
  })
})
