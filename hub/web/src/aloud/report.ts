/** What a page says of its speakers. Pure. */
import type { Player, Speaker, SpeakerReport, SpeakerState } from '../wire/types'
import type { Tally } from './announcer'

/** In place of a program's version. */
const VERSION = 'page'
export const WHY_ONE = 'another speaker is this page'

export interface PlayerReport { version: string; devices: string[]; speakers: SpeakerReport[]; clock_offset_ms: number }

/** The speaker this page is: its player has it, and reaches it through the page. One page has one way out. */
export function pageSpeaker(player: Player): Speaker | null {
  return player.speakers?.find(it => it.output === 'page') ?? null
}

/** `aheadMs`: how far this machine's clock is ahead of the hub's. */
export function reportOf(player: Player, state: SpeakerState, detail: string, tally: Tally | undefined, aheadMs: number): PlayerReport {
  const own = pageSpeaker(player)
  const { said = 0, ...rest } = tally ?? {}
  const dropped = Object.fromEntries(Object.entries(rest).filter(([, count]) => count > 0))
  // Of sound devices the program beside the page speaks, which has them.
  const pages = (player.speakers ?? []).filter(it => it.output === 'page')
  const speakers = pages.map((it): SpeakerReport => (it.id === own?.id
    ? { id: it.id, state, ...(detail ? { detail } : {}), spoken: said, dropped }
    : { id: it.id, state: 'gone', detail: WHY_ONE }))
  return { version: VERSION, devices: [], speakers, clock_offset_ms: Math.round(aheadMs) }
}
