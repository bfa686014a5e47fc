/** The zone in which the administration shows times: a hall's own, else the one all sites share. */
import { zoneFor } from '../components/admin/zone'
import { theOffice } from './useOffice'

export function useZoneHere() {
  const office = theOffice()
  const zone = (hall?: string | null) => zoneFor(office.sites.rows.value ?? [], office.halls.rows.value?.find(it => it.id === hall))
  return { zone }
}
