/** What stands beside a ticket for staff: notes of colleagues, the tail of the phone, the name once called. */
import { shallowRef, watch } from 'vue'
import { get } from '../wire/http'
import type { Beside } from '../wire/office'
import type { Ticket } from '../wire/types'

const NOTHING: Beside = { notes: [], phone_tail: null, name: null }

export function useBeside(ticket: () => Ticket | null) {
  const beside = shallowRef<Beside>(NOTHING)
  let asked = 0

  /** Read again with each step of the ticket: a name is told only after the call. */
  watch(() => { const t = ticket(); return t?.id ? `${t.id}/${t.state}` : '' }, async mark => {
    const mine = ++asked
    const id = mark.split('/')[0]
    if (!id) { beside.value = NOTHING; return }
    try {
      const read = await get<Beside>(`/tickets/${encodeURIComponent(id)}/beside`)
      if (mine === asked) beside.value = read
    } catch {
      // Serving goes on without it.
      if (mine === asked) beside.value = NOTHING
    }
  }, { immediate: true })

  return beside
}
