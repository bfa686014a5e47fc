/** By whose clock the administration tells times. Pure. */
import { ownZone } from '../../i18n/zones'
import { siteOf, type HallListed, type Site } from '../../wire/office'

/**
 * The zone of a hall's site; without a hall the one that all sites share. Where they differ, or are not known yet,
 * the zone of this machine: whoever shows a time says which.
 */
export function zoneFor(sites: readonly Site[], hall?: HallListed): string {
  const own = hall && siteOf(hall, sites)?.time_zone
  if (own) return own
  const [first, ...others] = new Set(sites.map(site => site.time_zone))
  return first && !others.length ? first : ownZone()
}
