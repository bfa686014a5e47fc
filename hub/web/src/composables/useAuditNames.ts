/** The names behind a list of the audit: how its halls are set up, and what their journals say of the moves in it. */
import { shallowRef, watch, type Ref } from 'vue'
import { entryKey, hallId, wantedBy, type Fields, type Names } from '../components/admin/settings/auditDeeds'
import { get } from '../wire/http'
import type { AuditRow } from '../wire/office'
import type { Setup } from '../wire/setup'

interface Entry { at: { seq: number }; event: Record<string, Fields | null> | string }
const ENTRIES_MAX = 500
/** Tickets may be much older than their moves: so many pages of a journal are read for one list, at most. */
const PAGES_MAX = 12

export function useAuditNames(rows: Ref<readonly AuditRow[]>) {
  const names = shallowRef<Names>({ setups: {}, entries: {} })
  /** What was asked for once, whatever came of it: a hall or an entry may be gone. */
  const asked = new Set<string>()

  async function readSetup(hall: string): Promise<void> {
    if (!hall || asked.has(hall)) return
    asked.add(hall)
    try {
      const setup = await get<Setup>(`/halls/${encodeURIComponent(hall)}/setup`)
      names.value = { ...names.value, setups: { ...names.value.setups, [hall]: setup } }
    } catch {
      // Without it the list says less, and nothing wrong.
    }
  }

  async function readEntries(hall: string, wanted: readonly number[]): Promise<void> {
    let open = wanted.filter(n => !asked.has(entryKey(hall, n)))
    for (const n of open) asked.add(entryKey(hall, n))
    for (let page = 0; page < PAGES_MAX && open.length; page += 1) {
      const first = open[0]!
      const limit = Math.min(ENTRIES_MAX, open[open.length - 1]! - first + 1)
      try {
        const read = await get<{ rows: Entry[] }>(`/halls/${encodeURIComponent(hall)}/journal?after=${first - 1}&limit=${limit}`)
        names.value = { ...names.value, entries: { ...names.value.entries, ...kept(hall, read.rows) } }
        open = open.filter(n => n > first + limit - 1)
      } catch {
        // An archived day: later entries may still be there.
        open = open.slice(1)
      }
    }
  }

  watch(rows, list => {
    for (const hall of new Set(list.map(hallId))) void readSetup(hall)
    for (const [hall, wanted] of wantedBy(list)) void readEntries(hall, wanted)
  }, { immediate: true })

  return names
}

/** The fields of entries; never a ticket's key, nobody needs it here. */
function kept(hall: string, rows: readonly Entry[]): Record<string, Fields> {
  return Object.fromEntries(rows.map(({ at, event }) => {
    const fields: Fields = typeof event === 'string' ? {} : { ...Object.values(event)[0] }
    delete fields.id
    return [entryKey(hall, at.seq), fields]
  }))
}
