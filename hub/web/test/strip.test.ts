/** The names on a strip: whole names only, as many as fit. */
import { describe, expect, it } from 'vitest'
import { stripNames } from '../src/components/strip/names'
import { piecesOf, textsOf } from '../src/components/strip/notice'
import { board, queue } from './board'

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
  const now = Date.parse('2025-11-24T10:00:00Z')
  it('holds until its time is over, the newest first', () => {
    const all = [notice('a', '甲', '2025-11-24T10:05:00Z'), notice('b', '乙', '2025-11-24T09:59:00Z'), notice('c', null, '2025-11-24T10:05:00Z'), notice('d', '丁', '2025-11-24T10:01:00Z')]
    expect(textsOf(all, now)).toEqual(['丁', '甲'])
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
