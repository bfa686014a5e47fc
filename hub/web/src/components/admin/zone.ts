/** By whose clock the administration tells times. Pure. */
import { ownZone } from '../../i18n/zones'
import type { HallListed, Site } from '../../wire/office'

/**
 * The zone a hall works by; without a hall the one that all sites share. Where they differ, or are not known yet,
 * the zone of this machine: whoever shows a time says which.
 */
export function zoneFor(sites: readonly Site[], hall?: HallListed): string {
  if (hall?.time_zone) return hall.time_zone
  const [first, ...others] = new Set(sites.map(site => site.time_zone))
  return first && !others.length ? first : ownZone()
}
