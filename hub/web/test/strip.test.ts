/** The names on a strip: whole names only, as many as fit. */
import { describe, expect, it } from 'vitest'
import { shutLine } from '../src/components/strip/closed'
import { stripNames } from '../src/components/strip/names'
import { piecesOf, textsOf } from '../src/components/strip/notice'
import type { Board, Counter } from '../src/wire/types'
import { board, counter, queue } from './board'

const ids = ['A', 'B', 'C', 'D']
const names = ['General affairs', 'Real estate', 'Social security', 'Business registration']
const demo = board({ queues: ids.map((id, n) => queue(id, { short: ['综合', '不动产', '社保', '企业'][n] as string, name_en: names[n] as string })) })

describe('names on a strip', () => {
  it('stand in full where they fit', () => {
    expect(stripNames(demo, ['A', 'B'])).toMatchObject({ zh: '队列A · 队列B', en: 'General affairs, Real estate' })
  })
  it('say how many more there are, and cut none', () => {
    expect(stripNames(demo, ids)).toMatchObject({ zh: '综合 · 不动产 · 社保 · 企业', en: 'General affairs, Real estate, Social security +1' })
  })
  it('leave room for the department, which comes first', () => {
    const of = board({ queues: demo.queues.map(q => ({ ...q, department: '人力资源和社会保障局' })) })
    expect(stripNames(of, ids)).toMatchObject({ department: '人力资源和社会保障局', en: 'General affairs +3' })
  })
  it('grow as large as the room allows, and no larger', () => {
    expect(stripNames(demo, ['A']).size).toBe(0.56)
    expect(stripNames(demo, ids).size).toBeGreaterThan(0.45)
    expect(stripNames(demo, ids).size).toBeLessThan(0.56)
  })
  it('are empty without a board', () => {
    expect(stripNames(null, ids)).toMatchObject({ zh: '', en: '', department: '' })
  })
})

describe('an announcement on a strip', () => {
  const notice = (id: string, text: string | null, until: string) => ({ id, text, zones: [], until })
  it('the newest first, without those that have no words', () => {
    const until = '2025-11-24T10:05:00Z'
    expect(textsOf([notice('a', '甲', until), notice('c', null, until), notice('d', ' 丁 ', until)])).toEqual(['丁', '甲'])
  })
  it('stands in one piece where it fits', () => expect(piecesOf('三号窗口今天提前下班')).toEqual(['三号窗口今天提前下班']))
  it('breaks at a stop, and loses nothing', () => {
    const text = '因系统升级，今天下午三点起暂停办理不动产登记，其他业务照常。给您带来不便，敬请谅解，有问题请到咨询台。'
    const pieces = piecesOf(text)
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.join('')).toBe(text)
    expect(pieces[0]).toMatch(/[，。]$/)
  })
  it('never breaks a word of letters', () => {
    const text = 'Because of maintenance, real estate registration closes at three this afternoon; everything else goes on as usual'
    expect(piecesOf(text).join(' ')).toBe(text)
  })
  it('without any stop still ends', () => expect(piecesOf('很'.repeat(95)).map(piece => piece.length)).toEqual([26, 26, 26, 17]))
  it('in one endless word still ends', () => expect(piecesOf('x'.repeat(200)).join('')).toBe('x'.repeat(200)))
})

describe('the strip of a closed counter', () => {
  const at = (since: string) => counter('1', { state: 'closed', since })
  const said = (hall: Board, of: Counter, noon = false, opens: Date | null = null) => { const { name, more, moreEn } = shutLine(hall, of, noon, opens); return [name, more, moreEn] }
  it('says that work is over, where the counter was open today', () => {
    expect(said(board(), at('2025-11-24T16:40:00+08:00'))).toEqual(['已下班', '请到其他窗口', 'Closed. Please use another counter'])
    expect(said(board({ day: { date: '2025-11-24', open: false } }), at('2025-11-24T17:40:00+08:00'))[0]).toBe('已下班')
  })
  it('says so only of a counter that has opened: before, it is not open yet', () => {
    expect(said(board(), at('2025-11-23T17:30:00+08:00'))[0]).toBe('未开放')
    expect(said(board({ day: null }), at('2025-11-24T07:00:00+08:00'))).toEqual(['未开放', '请到其他窗口', 'Not open yet. Please use another counter'])
  })
  it('says at noon when it goes on, as soon as that is known', () => {
    expect(said(board(), at('2025-11-24T12:00:00+08:00'), true, new Date('2025-11-24T13:30:00+08:00'))).toEqual(['午间休息', '13:30 恢复', 'Noon break, back at 13:30'])
    expect(said(board(), at('2025-11-24T12:00:00+08:00'), true)[1]).toBe('请到其他窗口')
  })
})
