/**
 * What a strip says besides its own state: announcements, in pieces that are read at a glance, one after the other.
 * The number and the state of the counter stay where they are. Pure.
 */
import type { Notice } from '../../wire/types'

/** Han signs of a piece in two or three lines beside the state; letters take about half of one. */
export const PIECE_SIGNS = 26
/** So few signs stand larger, in two lines. */
const LARGE_SIGNS = 16
const HALF = 0.55
/** A piece ends at a stop where one stands in its later part. */
const STOP_FROM = 0.55
const LARGE_REM = 0.5
const SMALL_REM = 0.4

const isHalf = (sign: string) => sign.charCodeAt(0) < 0x2e80
const isStop = (sign: string) => /[。！？；，、：,.;:!?\s]/.test(sign)
const width = (text: string) => [...text].reduce((sum, sign) => sum + (isHalf(sign) ? HALF : 1), 0)

/** The texts of announcements, newest first. */
export function textsOf(notices: readonly Notice[]): string[] {
  return notices.flatMap(it => it.text?.trim() || []).reverse()
}

/** A text in pieces of so many signs: each ends at a stop where there is one in time, and never within a word of letters. */
export function piecesOf(text: string, signs = PIECE_SIGNS): string[] {
  const found: string[] = []
  let rest = [...text.replace(/\s+/g, ' ')]
  while (width(rest.join('')) > signs) {
    const end = endOf(rest, signs)
    found.push(rest.slice(0, end).join('').trim())
    rest = rest.slice(end)
  }
  return [...found, rest.join('').trim()].filter(Boolean)
}

/** Where the next piece of a text that is too long ends. */
function endOf(signs: readonly string[], atMost: number): number {
  let room = atMost
  let most = 0
  while (most < signs.length && room >= 0) room -= isHalf(signs[most++] as string) ? HALF : 1
  most -= 1
  for (let end = most; end > most * STOP_FROM; end -= 1) if (isStop(signs[end - 1] as string)) return end
  let end = most
  while (end > 1 && isHalf(signs[end - 1] as string) && isHalf(signs[end] as string)) end -= 1
  return end > 1 ? end : most
}

/** How large a piece stands, rem of the strip. */
export const pieceSize = (piece: string) => (width(piece) <= LARGE_SIGNS ? LARGE_REM : SMALL_REM)
