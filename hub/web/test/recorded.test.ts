/** Replays what the hub recorded (`hub/wire/tests/frames`): two folds, two languages, one truth. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cut, type Part } from '../src/wire/cut'
import { applyFrame } from '../src/wire/fold'
import type { Board, Frame, Position } from '../src/wire/types'

const FRAMES = join(__dirname, '../../wire/tests/frames')

interface Line { part?: Part; board?: Board; at?: Position; frame?: Frame; expect?: Board }

test.each(readdirSync(FRAMES))('%s folds to its boards', file => {
  const lines = readFileSync(join(FRAMES, file), 'utf8').trim().split('\n').map(line => JSON.parse(line) as Line)
  let held = undefined as Board | undefined
  let part: Part = { zones: [], counters: [] }
  let compared = 0
  for (const line of lines) {
    if (line.part) part = line.part
    else if (line.board) held = line.board
    else if (line.at && line.frame && held) held = cut(applyFrame(held, line.at, line.frame), part)
    else if (line.expect) {
      expect(held).toEqual(line.expect)
      compared += 1
    }
  }
  expect(compared).toBeGreaterThan(1)
})
