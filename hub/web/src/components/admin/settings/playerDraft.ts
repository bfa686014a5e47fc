/** A device while it is edited, and what is wrong with it. Pure. */
import { say } from '../../../i18n'
import { fieldErrors } from '../../../i18n/words/admin'
import { players as words } from '../../../i18n/words/office'
import type { PlayerRow } from '../../../wire/office'
import type { PlayerSettings } from '../../../wire/types'

/** What a device may be paired as; the hub refuses anything else. */
export const PAIRED_FACES = ['screen', 'strip', 'kiosk', 'player'] as const
export type PairedFace = typeof PAIRED_FACES[number]
export interface PlayerDraft { name: string; face: PairedFace; hall: string; zones: string[]; counter: string | null; settings: PlayerSettings }

export const needsCounter = (face: string) => face === 'strip'
export const asFace = (face: string): PairedFace => PAIRED_FACES.find(f => f === face) ?? 'screen'

export const draftOf = (row: PlayerRow): PlayerDraft =>
  ({ name: row.name, face: asFace(row.face), hall: row.hall, zones: row.zones, counter: row.counter, settings: row.settings })

/** `192.168.1.50:9100` is written as the hub keeps it: `tcp://192.168.1.50:9100`. */
export function printerAddress(typed: string | null): string {
  const text = typed?.trim() ?? ''
  return /^\d+\.\d+\.\d+\.\d+:\d+/.test(text) ? `tcp://${text}` : text
}

const INCHES_MAX = 200
const METRES_MAX = 100

export function wrongWithPlayer(draft: PlayerDraft): Partial<Record<string, string>> {
  const wrong: Partial<Record<string, string>> = {}
  if (!draft.name.trim()) wrong.name = say(fieldErrors.needed)
  if (!draft.hall) wrong.hall = say(words.hallNeeded)
  if (needsCounter(draft.face) && !draft.counter) wrong.counter = say(words.counterNeeded)
  const { panel_inches: inches, farthest_m: metres } = draft.settings
  if (inches !== undefined && !(inches > 0 && inches <= INCHES_MAX)) wrong.panel_inches = say(fieldErrors.range, { min: 1, max: INCHES_MAX })
  if (metres !== undefined && !(metres > 0 && metres <= METRES_MAX)) wrong.farthest_m = say(fieldErrors.range, { min: 1, max: METRES_MAX })
  return wrong
}
