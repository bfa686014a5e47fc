/** One ticket, by the visitor's key: read once, then followed. Figures count only while the link is live. */
import { computed, onScopeDispose, readonly, ref, shallowRef } from 'vue'
import { get } from '../wire/http'
import { openLink, type Link, type LinkState } from '../wire/link'
import { Problem } from '../wire/problem'
import type { Mine, TicketPage } from '../wire/types'
import { hubNow, learnOffset } from './useClock'

export type TicketView = 'loading' | 'ready' | 'missing' | 'unreachable'

const RETRY_MS = 4_000
const REFRESH_MS = 30_000
const GONE = [4500, 4501, 4502, 4503, 4504]

export function useTicket(id: string) {
  const view = ref<TicketView>('loading')
  const ticket = shallowRef<TicketPage | null>(null)
  const state = ref<LinkState>('joining')
  const lastUpdate = shallowRef<Date | null>(null)
  const times = ref(0)
  let link: Link | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function read(): Promise<void> {
    clearTimeout(timer)
    try {
      const seen = await get<TicketPage>(`/tickets/${encodeURIComponent(id)}`)
      ticket.value = { ...seen, notices: seen.notices ?? ticket.value?.notices ?? [] }
      view.value = 'ready'
      lastUpdate.value = hubNow()
      if (seen.hall) follow(seen.hall)
    } catch (error) {
      if (error instanceof Problem && error.status === 404) { view.value = 'missing'; return }
      if (view.value !== 'ready') view.value = 'unreachable'
      timer = setTimeout(read, RETRY_MS)
    }
  }

  function follow(hall: string): void {
    if (link) return
    link = openLink({
      face: 'ticket',
      follow: () => [{ hall, ticket: id }],
      heard: heard => { if ('mine' in heard) fold(heard.mine) },
      changed: (now, code) => {
        state.value = now
        // The hub will not follow this ticket any more (it is closed): reading it now and then is enough.
        if (code === null || !GONE.includes(code)) return
        // Nobody tells any more when an emergency is over.
        if (ticket.value) ticket.value = { ...ticket.value, notices: [] }
        timer = setTimeout(read, REFRESH_MS)
      },
      offset: ms => { learnOffset(ms); lastUpdate.value = hubNow() },
    })
  }

  function fold(mine: Mine): void {
    const before = ticket.value
    if (!before) return
    lastUpdate.value = hubNow()
    times.value = mine.times
    ticket.value = { ...before, state: mine.state, number: mine.number, ahead: mine.ahead, estimate: mine.estimate, counter_label: mine.counter, stage: mine.stage, calls: mine.calls, defer: mine.defer, notices: mine.notices }
    // Times of day (called, finished) stand in the ticket alone.
    if (mine.state !== before.state) void read()
  }

  void read()
  onScopeDispose(() => { clearTimeout(timer); link?.close() })
  return {
    view: readonly(view), ticket, state: readonly(state), live: computed(() => state.value === 'live'), lastUpdate, times: readonly(times),
    retryNow: () => { if (link) link.retryNow(); else void read() }, read,
  }
}
