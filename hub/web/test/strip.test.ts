/** The names on a strip: whole names only, as many as fit. */
import { describe, expect, it } from 'vitest'
import { stripNames } from '../src/components/strip/names'
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
