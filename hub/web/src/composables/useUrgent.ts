/** The emergencies that reach a place now: those of the whole hall, and those of a zone the place is in. */
import { computed } from 'vue'
import { apart } from '../components/screen/emergency'
import type { Notice } from '../wire/types'
import { useClock } from './useClock'

/** Whether an announcement is for a place; a place in no zone belongs to the whole hall. */
export const reaches = (notice: Pick<Notice, 'zones'>, zones: readonly string[]) =>
  !notice.zones.length || !zones.length || notice.zones.some(zone => zones.includes(zone))

/** They stand until their time is over, also where the link is lost: whoever is in danger is told. The newest is the last. */
export function useUrgent(notices: () => readonly Notice[] | undefined, zones: () => readonly string[] = () => []) {
  const { now } = useClock()
  return computed(() => apart(notices() ?? []).urgent.filter(it => Date.parse(it.until) > now.value.getTime() && reaches(it, zones())))
}
