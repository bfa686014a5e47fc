/** The names behind a list of the audit: how its halls are set up today. */
import { shallowRef, watch, type Ref } from 'vue'
import { hallId, type Setups } from '../components/admin/settings/auditDeeds'
import { get } from '../wire/http'
import type { AuditRow } from '../wire/office'
import type { Setup } from '../wire/setup'

export function useAuditNames(rows: Ref<readonly AuditRow[]>) {
  const setups = shallowRef<Setups>({})
  /** What was asked for once, whatever came of it: a hall may be gone. */
  const asked = new Set<string>()

  async function read(hall: string): Promise<void> {
    if (!hall || asked.has(hall)) return
    asked.add(hall)
    try {
      const setup = await get<Setup>(`/halls/${encodeURIComponent(hall)}/setup`)
      setups.value = { ...setups.value, [hall]: setup }
    } catch {
      // Without it the list says less, and nothing wrong.
    }
  }

  watch(rows, list => { for (const hall of new Set(list.map(hallId))) void read(hall) }, { immediate: true })
  return setups
}
