/** Where the calls of a hall are to be heard, and what keeps them from it. Pure. */
import { meant } from '../../../aloud/sayings'
import type { PlayerRow } from '../../../wire/office'
import type { QueueRow, Setup, SpeakerRow, ZoneRow } from '../../../wire/setup'
import { standingOf, type SpeakerLook } from './speakers'

export interface Hearing {
  /** Some queue is to be announced at all. */
  spoken: boolean
  /** Places for which no speaker is meant; `null` is the whole hall. */
  without: (ZoneRow | null)[]
  /** Speakers that calls are meant for and that do not say that they are well. */
  broken: { row: SpeakerRow; look: SpeakerLook }[]
  /** Somewhere nobody hears a call. */
  deaf: boolean
}

/** The zones in which a queue is called: where it waits, and where its counters stand. None is the whole hall. */
function calledIn(queue: QueueRow, { counters }: Setup): string[] {
  if (!queue.zones.length) return []
  const stand = counters.filter(it => it.queues.some(served => served.queue === queue.id)).flatMap(it => it.zone ?? [])
  return [...queue.zones, ...stand]
}

export function hearingOf(setup: Setup, players: readonly PlayerRow[]): Hearing {
  const calls = setup.queues.filter(it => !it.silent).map(it => calledIn(it, setup))
  const ours = players.filter(it => it.hall === setup.hall.id)
  const speakers = setup.speakers.filter(it => calls.some(zones => meant(it, zones))).map(row => ({ row, look: standingOf(row, ours).look }))
  const zones = setup.zones.filter(zone => calls.some(it => !it.length || it.includes(zone.id)))
  const places = calls.length && !setup.zones.length ? [null] : zones
  // A hearing loop has to work as well, but only few can hear it.
  const at = (place: ZoneRow | null) => speakers.filter(it => it.row.kind !== 'loop' && (!place || meant(it.row, [place.id])))
  return {
    spoken: calls.length > 0,
    without: places.filter(place => !at(place).length),
    broken: speakers.filter(it => it.look !== 'ok'),
    deaf: places.some(place => at(place).every(it => it.look !== 'ok')),
  }
}
