/** What the hub finds wrong with a field is said in the page's language, whatever it is. */
import { beforeEach, describe, expect, test } from 'vitest'
import { toldAt, toldWhy } from '../src/components/admin/told'
import { setLanguage } from '../src/i18n'
import { wrongs, type Wrong } from '../src/i18n/words/wrongs'
import { Problem, type FieldError } from '../src/wire/problem'

const codes = Object.keys(wrongs) as Wrong[]
const error = (code: Wrong, more: Partial<FieldError> = {}): FieldError => ({ field: 'name', why: 'must be better', code, ...more })
/** What a Chinese sentence may hold of the Latin alphabet: examples of what to type. */
const EXAMPLES = /Asia\/Shanghai|tcp:\/\/[\d.:]+|1920x1080|chong2 qing4|\bI\b|\bO\b/g

describe('what is wrong with a field', () => {
  beforeEach(() => setLanguage('zh', false))
  test.each(codes)('%s is said in Chinese, with its limits', code => {
    const said = toldWhy(error(code, { min: 1, max: 60 }))
    expect(said).toMatch(/[\u4e00-\u9fff]/)
    expect(said.replace(EXAMPLES, '')).not.toMatch(/[A-Za-z{}]/)
  })
  test('a length without a lower limit only says how long', () => {
    expect(toldWhy(error('length', { min: 0, max: 5 }))).toBe('最多 5 个字，不换行')
    expect(toldWhy(error('length', { min: 1, max: 5 }))).toBe('请写 1 到 5 个字，不换行')
  })
  test('what a newer hub says stays general in Chinese, and is its own sentence in English', () => {
    const newer = error('too_green' as Wrong)
    expect(toldWhy(newer)).toBe(wrongs.other.zh)
    setLanguage('en', false)
    expect(toldWhy(newer)).toBe('must be better')
  })
  test('an error inside a field stands at the field', () => {
    const told = toldAt(new Problem({ status: 422, errors: [error('no_such', { field: 'settings.zones[1]' }), error('missing', { field: 'label' })] }))
    expect(told).toMatchObject({ settings: wrongs.no_such.zh, zones: wrongs.no_such.zh, label: wrongs.missing.zh })
  })
})
