/** The zones of a hall with their names; none where the setup may not be read. */
import { computed, shallowRef, watch } from 'vue'
import { nameOf } from '../../i18n'
import { get } from '../../wire/http'
import type { Setup, ZoneRow } from '../../wire/setup'

export function useZones(hall: () => string) {
  const rows = shallowRef<ZoneRow[]>([])
  watch(hall, async id => {
    rows.value = []
    if (!id) return
    try {
      rows.value = (await get<Setup>(`/halls/${encodeURIComponent(id)}/setup`)).zones
    } catch {
      // Without names the whole hall can still be chosen.
    }
  }, { immediate: true })
  return computed(() => rows.value.map(zone => ({ id: zone.id, text: nameOf(zone) })))
}
