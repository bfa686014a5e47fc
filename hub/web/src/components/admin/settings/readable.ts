/**
 * How far a hall screen can be read. Digits: 25 mm of cap height for each 5 m; Chinese: 30 mm of body height for each
 * 5 m, since strokes are denser. The pages are one canvas of 1920 px, so only the width of the panel counts.
 */
const PANEL_INCHES = 55
const PANEL_MM_PER_PX = 0.634
const CAP_EM = 0.727
const HAN_EM = 0.92
const DIGIT_MM_PER_M = 5
const HAN_MM_PER_M = 6
const CALL_PX = 104
const NAME_PX = 44
const SMALL_PX = 32

export interface Distances { call: number; name: number; small: number }
export type Readable = 'good' | 'names' | 'bad'

const round = (metres: number) => Math.round(metres * 10) / 10

/** Metres to which calls, queue names and the smallest print can be read on a panel of so many inches. */
export function readableTo(inches: number): Distances {
  const mm = (px: number) => px * PANEL_MM_PER_PX * inches / PANEL_INCHES
  return {
    call: round(mm(CALL_PX) * CAP_EM / DIGIT_MM_PER_M),
    name: round(mm(NAME_PX) * HAN_EM / HAN_MM_PER_M),
    small: round(mm(SMALL_PX) * HAN_EM / HAN_MM_PER_M),
  }
}

export function readableAt(inches: number, farthestM: number): Readable {
  const to = readableTo(inches)
  if (to.call < farthestM) return 'bad'
  return to.name < farthestM ? 'names' : 'good'
}
