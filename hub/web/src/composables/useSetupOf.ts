/** The setup of a hall that may be chosen anew, only to show its names. */
import { shallowRef, watch } from 'vue'
import { get } from '../wire/http'
import type { Setup } from '../wire/setup'

export function useSetupOf(hall: () => string) {
  const setup = shallowRef<Setup | null>(null)
  let asked = 0
  watch(hall, async id => {
    const mine = ++asked
    setup.value = null
    if (!id) return
    try {
      const read = await get<Setup>(`/halls/${encodeURIComponent(id)}/setup`)
      if (mine === asked) setup.value = read
    } catch {
      // Without names nothing of this hall can be chosen, and the form says which field is missing.
    }
  }, { immediate: true })
  return setup
}
