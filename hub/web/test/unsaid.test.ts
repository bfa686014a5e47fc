import { describe, expect, test } from 'vitest'
import { useUnsaid } from '../src/composables/useUnsaid'
import type { Aloud } from '../src/wire/types'

const say = [{ language: 'zh', text: '请 A 零零一号到三号窗口', parts: [] }]
const aloud = (more: Partial<Aloud> = {}): Aloud => ({ say, repeat: 1, gap_ms: 0, chime: true, stale_s: 60, ...more })

describe('calls that nobody hears', () => {
  test('are those without a working speaker, and those without a voice', () => {
    const unsaid = useUnsaid()
    unsaid.told(1, aloud({ unheard: true }))
    unsaid.told(2, aloud({ say: [] }))
    unsaid.told(3, aloud())
    expect([1, 2, 3].map(unsaid.has)).toEqual([true, true, false])
  })
  test('a silent queue has no mark', () => {
    const unsaid = useUnsaid()
    unsaid.told(1, undefined)
    unsaid.told(2, null)
    expect([1, 2].some(unsaid.has)).toBe(false)
  })
  test('a speaker that says it after all, or a recall that is heard, takes the mark away', () => {
    const unsaid = useUnsaid()
    unsaid.told(1, aloud({ unheard: true }))
    unsaid.said(1)
    expect(unsaid.has(1)).toBe(false)
    unsaid.told(1, aloud({ unheard: true }))
    unsaid.told(1, aloud())
    expect(unsaid.has(1)).toBe(false)
  })
  test('no more than fifty are remembered', () => {
    const unsaid = useUnsaid()
    for (let ref = 1; ref <= 60; ref += 1) unsaid.told(ref, aloud({ unheard: true }))
    expect(unsaid.has(10)).toBe(false)
    expect(unsaid.has(11)).toBe(true)
  })
})
