/** The zones and speakers of a hall with their names; none where the setup may not be read. */
import { computed, shallowRef, watch } from 'vue'
import { nameOf } from '../../i18n'
import { get } from '../../wire/http'
import type { Setup, SpeakerRow, ZoneRow } from '../../wire/setup'

export function usePlaces(hall: () => string) {
  const setup = shallowRef<{ zones: ZoneRow[]; speakers: SpeakerRow[] }>({ zones: [], speakers: [] })
  async function look(): Promise<void> {
    const id = hall()
    if (!id) return
    try {
      const { zones, speakers = [] } = await get<Setup>(`/halls/${encodeURIComponent(id)}/setup`)
      if (id === hall()) setup.value = { zones, speakers }
    } catch {
      // Without names the whole hall can still be chosen.
    }
  }
  watch(hall, () => { setup.value = { zones: [], speakers: [] }; void look() }, { immediate: true })
  return {
    look,
    zones: computed(() => setup.value.zones.map(zone => ({ id: zone.id, text: nameOf(zone) }))),
    speakers: computed(() => setup.value.speakers.map(it => ({ ...it, text: nameOf(it) }))),
  }
}
