/** Every sentence exists in both languages, short and without shouting. */
import { screen } from '../src/i18n/words/screen'
import { describe, expect, test } from 'vitest'

const files = import.meta.glob<Record<string, unknown>>('../src/i18n/words/*.ts', { eager: true })

function sentences(of: unknown, at: string): [string, { zh: string; en: string }][] {
  if (!of || typeof of !== 'object') return []
  if ('zh' in of && 'en' in of) return [[at, of as { zh: string; en: string }]]
  return Object.entries(of).flatMap(([key, value]) => sentences(value, `${at}.${key}`))
}

const all = Object.entries(files).flatMap(([file, words]) => sentences(words, file.replace(/.*\//, '')))

describe('words', () => {
  test('there are some', () => expect(all.length).toBeGreaterThan(20))
  test.each(all)('%s', (_at, words) => {
    expect(words.zh.trim()).not.toBe('')
    expect(words.en.trim()).not.toBe('')
    expect(words.zh + words.en).not.toMatch(/[!！]/)
    const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(m => m[0]).sort()
    expect(places(words.en)).toEqual(places(words.zh))
  })
})

test('nothing tells visitors to listen to a voice that does not exist yet', () => {
  const voices = all.filter(([, words]) => /广播|播报|speaker|loudspeaker/i.test(words.zh + words.en) && !/不会播报/.test(words.zh))
  expect(voices.map(([at, words]) => `${at}: ${words.zh}`)).toEqual([])
})

test('each step of the guide on a hall screen fits its two English lines', () => {
  const LINE_SIGNS = 21
  const lines = (text: string) => text.split(' ').reduce((all, word) => { const last = all.pop() ?? ''; return last && `${last} ${word}`.length > LINE_SIGNS ? [...all, last, word] : [...all, last ? `${last} ${word}` : word] }, [] as string[])
  const { guide } = screen
  for (const text of [[guide.take, guide.takeHow], [guide.wait, guide.waitHow], [guide.come, guide.comeHow]].map(([what, how]) => `${what!.en} ${how!.en}`)) expect(lines(text), text).toHaveLength(2)
})
