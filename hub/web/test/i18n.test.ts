/** Every sentence exists in both languages, short and without shouting. */
import { screen } from '../src/i18n/words/screen'
import { describe, expect, test } from 'vitest'

const files = import.meta.glob<Record<string, unknown>>('../src/i18n/words/*.ts', { eager: true })

function sentences(of: unknown, at: string): [string, { zh: string; en: string }][] {
  if (!of || typeof of !== 'object') return []
  if ('zh' in of && 'en' in of && typeof of.zh === 'string') return [[at, of as { zh: string; en: string }]]
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

describe('words about the voice', () => {
  const VOICE = /广播|播报|loudspeaker|announced/i
  /** What only staff reads may speak of speakers whether there are any or not. */
  const STAFF = /^(admin|basic|counter|deeds|login|moves|office|refusals|setup|speech|wall|wrongs|broadcast)\.ts/
  const sources = import.meta.glob<string>('../src/**/*.{vue,ts}', { eager: true, query: '?raw', import: 'default' })
  /** Each shows its words only where a voice was heard, or where the page itself is a speaker: `spoken.test.ts` opens them. */
  const TIED = ['IdleGuide.vue', 'Said.vue', 'SoundMark.vue']

  test('visitors are told of them by the words of `aloud.ts` alone', () => {
    const others = all.filter(([at, words]) => VOICE.test(words.zh + words.en) && !STAFF.test(at) && !at.startsWith('aloud.ts'))
    expect(others.map(([at, words]) => `${at}: ${words.zh}`)).toEqual([])
    expect(all.some(([at]) => at.startsWith('aloud.ts'))).toBe(true)
  })
  test('which stand only on faces of halls that have speakers', () => {
    const users = Object.entries(sources).filter(([, source]) => /i18n\/words\/aloud'/.test(source)).map(([file]) => file.replace(/.*\//, ''))
    expect(users.sort()).toEqual(TIED)
  })
})

test('each step of the guide on a hall screen fits its two English lines', () => {
  const LINE_SIGNS = 21
  const lines = (text: string) => text.split(' ').reduce((all, word) => { const last = all.pop() ?? ''; return last && `${last} ${word}`.length > LINE_SIGNS ? [...all, last, word] : [...all, last ? `${last} ${word}` : word] }, [] as string[])
  const { guide } = screen
  for (const text of [[guide.take, guide.takeHow], [guide.wait, guide.waitHow], [guide.come, guide.comeHow]].map(([what, how]) => `${what!.en} ${how!.en}`)) expect(lines(text), text).toHaveLength(2)
})
