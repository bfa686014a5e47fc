/**
 * What this page saw go out, and which speakers have begun to say it. It knows nothing of announcements that were there
 * before the page, or that went out while it was away: of those nothing may be claimed.
 */
import { shallowRef } from 'vue'
import type { Board, FrameBody, Voice } from '../wire/types'
import { hubNow, useClock } from './useClock'

/** A speaker that has not begun by then is not waited for: a voice may have taken twenty seconds for the words. */
export const BEGINS_WITHIN_MS = 22_000
const KEPT = 20

export interface Outgoing {
  readonly id: string
  /** The place of its entry, by which an answer is known. */
  readonly seq: number
  readonly at: number
  readonly zones: readonly string[]
  /** Only these speakers; empty: those of its zones. */
  readonly speakers: readonly string[]
  readonly begun: readonly string[]
}

export function useOutgoing() {
  const all = shallowRef<readonly Outgoing[]>([])
  const { now } = useClock()

  function heard(kind: string, body: FrameBody, fresh: boolean, after: Board): void {
    if (kind !== 'announced' || !fresh || !body.id) return
    const it = { id: body.id, seq: after.at.seq, at: hubNow().getTime(), zones: body.zones ?? [], speakers: body.speakers ?? [], begun: [] }
    all.value = [...all.value, it].slice(-KEPT)
  }

  function voiced(voice: Voice): void {
    const { speaker, announcement } = 'began' in voice ? voice.began : { speaker: '', announcement: null }
    if (announcement) all.value = all.value.map(it => (it.id === announcement && !it.begun.includes(speaker) ? { ...it, begun: [...it.begun, speaker] } : it))
  }

  return {
    heard, voiced,
    forget: () => { all.value = [] },
    byId: (id: string) => all.value.find(it => it.id === id),
    bySeq: (seq: number | null) => all.value.find(it => it.seq === seq),
    /** Whoever has not begun by now will hardly do so. */
    isLate: (it: Outgoing) => now.value.getTime() - it.at >= BEGINS_WITHIN_MS,
  }
}

/** The speakers an announcement is for. */
export function speakersFor<S extends { id: string; zones: readonly string[] }>(it: Pick<Outgoing, 'zones' | 'speakers'>, all: readonly S[]): S[] {
  if (it.speakers.length) return all.filter(speaker => it.speakers.includes(speaker.id))
  return all.filter(speaker => !it.zones.length || !speaker.zones.length || speaker.zones.some(zone => it.zones.includes(zone)))
}
