import { describe, expect, test } from 'vitest'
import { find, match, usefulKeys } from '../src/components/kiosk/search'
import type { OfferQueue } from '../src/wire/types'

const queue = (prefix: string, name: string, letters: string[], pinyin: string[], more: Partial<OfferQueue> = {}): OfferQueue =>
  ({ id: prefix, prefix, name, name_en: '', department: null, zones: [], letters, pinyin, taken: 0, waiting: 0, state: 'open', opens_at: null, quota_left: null, estimate: null, counters: ['1'], matters: [], needs_visitor: false, ...more })

const social = queue('C', '社会保障', ['SHBZ'], ['shehuibaozhang'], { name_en: 'Social security', taken: 50, matters: ['社保缴费'] })
const trade = queue('B', '商标注册', ['SBZC'], ['shangbiaozhuce'], { taken: 10 })
const city = queue('D', '重庆办', ['ZQB', 'CQB'], ['zhongqingban', 'chongqingban'], { taken: 90, state: 'closed' })
const all = [social, trade, city]
const names = (wanted: string, sort: 'taken' | 'letter' = 'taken') => find(all, wanted, sort).map(f => f.queue.prefix)

describe('finding a queue', () => {
  test('by first letters, marked where they stand', () => expect(match(trade, 'SB')).toEqual({ mark: [0, 2] }))
  test('by first letters in the middle', () => expect(match(social, 'bz')).toEqual({ mark: [2, 4] }))
  test('by the letters of a matter as long as the name, which marks nothing', () => expect(match({ ...social, letters: ['shbz', 'jmsf'] }, 'ms')).toEqual({ mark: null }))
  test('by full pinyin', () => expect(names('shang')).toEqual(['B']))
  test('by full pinyin from a later syllable', () => expect(names('baozh')).toEqual(['C']))
  test('by every reading', () => {
    expect(names('cq')).toEqual(['D'])
    expect(names('zq')).toEqual(['D'])
  })
  test('by its Chinese name', () => expect(match(social, '保障')).toEqual({ mark: [2, 4] }))
  test('by its English name, from the beginning of a word', () => expect(names('secur')).toEqual(['C']))
  test('by a matter', () => expect(names('社保')).toEqual(['C']))
  test('nothing', () => expect(names('xyz')).toEqual([]))
})

describe('the order', () => {
  test('by use, closed ones last', () => expect(names('')).toEqual(['C', 'B', 'D']))
  test('those that no counter serves are closed too', () => expect(find([{ ...social, counters: [] }, trade], '', 'taken').map(f => f.queue.prefix)).toEqual(['B', 'C']))
  test('by letter, closed ones last', () => expect(names('', 'letter')).toEqual(['B', 'C', 'D']))
})

test('keys that lead nowhere are known', () => {
  const keys = usefulKeys(all, 'S')
  expect(keys.has('B')).toBe(true)
  expect(keys.has('H')).toBe(true)
  expect(keys.has('X')).toBe(false)
})
