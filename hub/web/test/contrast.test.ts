/** Text needs 4.5, large text and edges 3.0 (WCAG 2). Computed from tokens.css, for all three palettes. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync('src/look/tokens.css', 'utf8')

function palette(selector: string): Record<string, string> {
  const start = css.indexOf(`\n${selector} {`)
  const block = css.slice(start, css.indexOf('}', start))
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9A-Fa-f]{6})/g)].map(m => [m[1]!, m[2]!]))
}

const light = palette(':root, .light')
const dark = palette('.dark')
const hall = { ...light, ...palette('.light.hall') }

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map(n => parseInt(hex.slice(n, n + 2), 16) / 255).map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high! + 0.05) / (low! + 0.05)
}

const TEXT = 4.5
const EDGE = 3
const PAIRS: [string, string, number][] = [
  ['text', 'bg', TEXT], ['text', 'surface', TEXT], ['text', 'raised', TEXT], ['text', 'sunken', TEXT],
  ['text-2', 'bg', TEXT], ['text-2', 'surface', TEXT], ['text-2', 'sunken', TEXT], ['text-3', 'surface', TEXT], ['text-3', 'sunken', TEXT],
  ['brand', 'surface', TEXT], ['brand', 'bg', TEXT], ['on-brand', 'brand', TEXT], ['brand-strong', 'brand-soft', TEXT],
  ['on-call', 'call', TEXT], ['call-ink', 'call-soft', TEXT],
  ['ok', 'ok-soft', TEXT], ['ok', 'surface', TEXT], ['info', 'info-soft', TEXT], ['missed', 'missed-soft', TEXT], ['pause', 'pause-soft', TEXT],
  ['on-alarm', 'alarm', TEXT], ['dead', 'surface', TEXT], ['dead', 'dead-soft', TEXT], ['near', 'surface', TEXT], ['late', 'surface', TEXT],
  ['text', 'brand-soft', TEXT], ['text', 'missed-soft', TEXT], ['text-2', 'brand-soft', TEXT],
  ['line-strong', 'bg', EDGE], ['line-strong', 'surface', EDGE], ['focus', 'surface', EDGE], ['focus', 'bg', EDGE],
]

describe.each([['light', light], ['dark', dark], ['light hall', hall]] as const)('the %s palette', (_name, colours) => {
  test.each(PAIRS)('%s on %s', (ink, ground, least) => {
    expect(contrast(colours[ink]!, colours[ground]!)).toBeGreaterThanOrEqual(least)
  })
})

test('the ink of an alarm is readable on its soft ground', () => {
  expect(contrast(light.alarm!, light['alarm-soft']!)).toBeGreaterThanOrEqual(TEXT)
  expect(contrast(dark['alarm-ink']!, dark['alarm-soft']!)).toBeGreaterThanOrEqual(TEXT)
})

test('amber is ink on dark faces, and the pulse stays readable', () => {
  expect(contrast(dark.call!, dark.surface!)).toBeGreaterThanOrEqual(TEXT)
  expect(contrast('#1C1400', '#FFE08A')).toBeGreaterThanOrEqual(TEXT)
})
