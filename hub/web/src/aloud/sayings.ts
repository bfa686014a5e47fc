/** What a frame asks one speaker to say. Pure: times are the hub's, in milliseconds. */
import type { Aloud, FrameBody, Speaker } from '../wire/types'
import type { About, Rank, Saying } from './announcer'

/** What is played: the sentences as they were told, and whether the chime goes before them. */
export interface Content { readonly aloud: Aloud; readonly chime: boolean; readonly zones: readonly string[] }

const SECOND_MS = 1_000

/** Whether a speaker is meant: by name, or by where it is heard. */
export function meant(speaker: Pick<Speaker, 'id' | 'zones'>, zones: readonly string[], speakers: readonly string[] = []): boolean {
  if (speakers.length) return speakers.includes(speaker.id)
  return !zones.length || !speaker.zones.length || zones.some(zone => speaker.zones.includes(zone))
}

function saying(speaker: Speaker, about: About, rank: Rank, aloud: Aloud, due: number, zones: readonly string[]): Saying<Content> {
  // A hearing loop carries speech alone.
  const content = { aloud, zones, chime: aloud.chime && speaker.kind !== 'loop' }
  return { rank, about, due, freshUntil: due + aloud.stale_s * SECOND_MS, times: aloud.repeat, content }
}

/** What a frame asks this speaker to say; nothing where it is silent, or meant for others. `now`: where the frame has no time of its own. */
export function sayingOf(kind: string, body: FrameBody, speaker: Speaker, now: number): Saying<Content> | null {
  const { aloud, ticket } = body
  if (!aloud) return null
  const at = (time: string | null | undefined) => (time ? Date.parse(time) : now)
  if (kind === 'announced') {
    const zones = body.zones ?? []
    if (!body.id || !meant(speaker, zones, body.speakers)) return null
    return saying(speaker, { announcement: body.id }, body.emergency ? 'emergency' : 'broadcast', aloud, at(body.time), zones)
  }
  if (!ticket || !meant(speaker, ticket.zones)) return null
  return saying(speaker, { ticket: ticket.ref, counter: ticket.counter ?? '' }, 'call', aloud, at(body.speak_at ?? body.time), ticket.zones)
}

/** A test of the speaker, from now on. */
export function testOf(speaker: Speaker, aloud: Aloud, now: number): Saying<Content> {
  return saying(speaker, { test: true }, 'broadcast', aloud, now, speaker.zones)
}

/** What a frame makes untrue; nothing where it changes nothing that could be said. */
export function overBy(kind: string, body: FrameBody): ((about: About) => boolean) | null {
  const { id, ticket } = body
  if (kind === 'withdrawn') return about => 'announcement' in about && about.announcement === id
  if (!ticket || ticket.state === 'called') return null
  // A sentence about a missed call comes with the frame that says so.
  if (body.aloud) return about => 'ticket' in about && about.ticket === ticket.ref && about.counter !== (ticket.counter ?? '')
  return about => 'ticket' in about && about.ticket === ticket.ref
}

/** All the sounds it needs. */
export const keysOf = (aloud: Aloud) => aloud.say.flatMap(say => say.parts.map(part => part.key))
