/**
 * A kiosk, from the first touch to the number. One question a page; everything is wiped when nobody touches it.
 * A ticket is never held up by a printer.
 */
import { computed, ref, shallowRef, watch } from 'vue'
import type { Sort } from '../components/kiosk/search'
import { setLanguage, language } from '../i18n'
import { get, post } from '../wire/http'
import type { OfferQueue, PriorityClass, SlipState, TicketPage } from '../wire/types'
import { useCommand } from './useCommand'
import { useCountdown } from './useCountdown'

export type KioskPage = 'home' | 'queues' | 'departments' | 'classes' | 'done' | 'help'

/** How often a kiosk asks whether its slip came out. */
const SLIP_ASK_MS = 1_000

const IDLE_MENU_S = 10
const IDLE_TYPING_S = 30
const IDLE_LARGE_S = 30
const IDLE_DONE_S = 20

export interface KioskOptions { hall: string; player: string | null; printer: () => boolean; large: () => boolean; sort: () => Sort; classes: () => PriorityClass[]; token: () => string | null }

/** Everything a visitor leaves behind, and the one place where it is wiped. */
function visit(startsLarge: () => boolean) {
  const page = ref<KioskPage>('home')
  const large = ref(startsLarge())
  const low = ref(false)
  const keys = ref(false)
  const wanted = ref('')
  const sort = ref<Sort | null>(null)
  const department = ref<string | null>(null)
  const priority = shallowRef<PriorityClass | null>(null)
  const pending = shallowRef<OfferQueue | null>(null)
  const ticket = shallowRef<TicketPage | null>(null)
  const queue = shallowRef<OfferQueue | null>(null)
  const printed = ref<SlipState>('none')
  /** What the printer lacked, where the hub knows it. */
  const lacked = ref<string | null>(null)
  function wipe(): void {
    page.value = 'home'
    large.value = startsLarge()
    low.value = keys.value = false
    wanted.value = ''
    sort.value = department.value = priority.value = pending.value = ticket.value = queue.value = null
    printed.value = 'none'
    lacked.value = null
    setLanguage('zh', false)
  }
  return { page, large, low, keys, wanted, sort, department, priority, pending, ticket, queue, printed, lacked, wipe }
}

type Visit = ReturnType<typeof visit>

/** Takes the number. The hub prints a kiosk's slip by itself; the page only asks whether it came out. */
function taking(here: Visit, options: KioskOptions) {
  const command = useCommand(() => options.hall, options.token)

  async function issue(chosen: OfferQueue): Promise<void> {
    here.queue.value = chosen
    const priority = here.priority.value
    const answer = await command.run({ do: 'issue', queue: chosen.id, channel: 'kiosk', language: language.value, ...(priority ? { priority: priority.id } : {}) })
    if (!answer?.ticket) return
    here.ticket.value = answer.ticket
    here.page.value = 'done'
    here.keys.value = false
    if (options.printer()) {
      here.printed.value = 'waiting'
      watchSlip(answer.ticket.id)
    }
  }

  async function print(): Promise<void> {
    const ticket = here.ticket.value
    if (!ticket) return
    const bearer = options.token()
    try {
      await post(`/tickets/${encodeURIComponent(ticket.id)}/print`, options.player ? { player: options.player } : {}, bearer ? { token: bearer } : {})
      here.printed.value = 'waiting'
    } catch {
      here.printed.value = 'failed'
      here.lacked.value = null
    }
  }

  /** A slip that failed may still come: asked for as long as this number is on the page. */
  function watchSlip(id: string): void {
    setTimeout(async () => {
      if (here.ticket.value?.id !== id) return
      const seen = await get<TicketPage>(`/tickets/${encodeURIComponent(id)}`).catch(() => null)
      if (here.ticket.value?.id !== id) return
      if (seen?.slip) [here.printed.value, here.lacked.value] = [seen.slip, seen.slip_why ?? null]
      if (here.printed.value !== 'printed') watchSlip(id)
    }, SLIP_ASK_MS)
  }

  return { command, issue, print }
}

export function useKiosk(options: KioskOptions) {
  const here = visit(options.large)
  const { command, issue, print } = taking(here, options)
  const { page, large, low, keys, department, priority, pending } = here

  function go(to: KioskPage): void {
    command.forget()
    page.value = to
  }

  /** Back to the first page with nothing left of the visitor before. */
  function wipe(): void {
    command.forget()
    here.wipe()
  }

  /** Back one step, keeping the way the page is read. On the first page nobody sees a chosen class: it is dropped. */
  function back(): void {
    const toDepartments = page.value === 'queues' && department.value !== null
    if (!toDepartments) priority.value = null
    pending.value = department.value = null
    here.wanted.value = ''
    keys.value = false
    go(toDepartments ? 'departments' : 'home')
  }

  /** A queue was chosen. In large type the priority classes are asked once, on a page of their own. */
  async function choose(chosen: OfferQueue): Promise<void> {
    if (!large.value || !options.classes().length || priority.value) return issue(chosen)
    pending.value = chosen
    page.value = 'classes'
  }

  async function chooseClass(chosen: PriorityClass | null): Promise<void> {
    priority.value = chosen
    const waiting = pending.value
    pending.value = null
    if (waiting) await issue(waiting)
    if (page.value === 'classes') page.value = large.value ? 'home' : 'queues'
  }

  /** The next visitor's number, or a second one: the way the page is read stays. */
  function another(): void {
    const [wasLarge, wasLow, spoke] = [large.value, low.value, language.value]
    wipe()
    large.value = wasLarge
    low.value = wasLow
    setLanguage(spoke, false)
  }

  // The administrator changed how it begins; whoever reads something here finishes first.
  watch(options.large, (now, before) => { if (page.value === 'home' && large.value === before) large.value = now })

  const limit = () => {
    const untouched = page.value === 'home' && !priority.value && large.value === options.large() && !low.value && language.value === 'zh'
    if (untouched || command.state.value === 'sending' || command.state.value === 'unconfirmed') return null
    if (large.value) return IDLE_LARGE_S
    if (page.value === 'done') return IDLE_DONE_S
    return keys.value ? IDLE_TYPING_S : IDLE_MENU_S
  }
  const { left } = useCountdown(limit, wipe)
  const sort = computed({ get: () => here.sort.value ?? options.sort(), set: (value: Sort) => { here.sort.value = value } })

  return { ...here, sort, command, left, go, back, wipe, choose, chooseClass, print, another }
}

export type Kiosk = ReturnType<typeof useKiosk>
