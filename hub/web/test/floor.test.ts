/** Hall panels run browsers as old as Chromium 87. Calls are watched by eslint-plugin-compat, styles here. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const TOO_NEW: [string, RegExp][] = [
  [':has()', /:has\(/], [':is()', /:is\(/], [':where()', /:where\(/], ['container queries', /@container|container-type/], ['aspect-ratio', /aspect-ratio\s*:/],
  ['dynamic viewport units', /\d[dsl]v[hw]\b/], ['color-mix()', /color-mix\(/], ['inset', /[\s;{]inset\s*:/], ['overflow: clip', /overflow\s*:\s*clip/],
  ['layers', /@layer/], ['nesting', /\{[^{}]*&[^{}]*\{/], ['crypto.randomUUID', /\.randomUUID\(/],
]

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => (entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)]))
}

/** The styles of a file; of a component its style block alone. */
function styles(file: string): string {
  const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  return file.endsWith('.vue') ? [...text.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(m => m[1]).join('\n') : text
}

describe('styles stay within Chromium 87', () => {
  test.each(files('src').filter(file => /\.(css|vue)$/.test(file)))('%s', file => {
    expect(TOO_NEW.filter(([, pattern]) => pattern.test(styles(file))).map(([name]) => name)).toEqual([])
  })
})

test('no face asks for a call that is too new', () => {
  const users = files('src').filter(file => /\.(ts|vue)$/.test(file) && /\.randomUUID\(|structuredClone\(|\.toSorted\(|\.groupBy\(/.test(readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')))
  expect(users).toEqual([])
})
