/**
 * One counter as its staff sees it: the board's truth about it, the ticket there, what may be pressed, what was last
 * done. Shows what the hub committed, never what was only pressed.
 */
import { computed, inject, onScopeDispose, provide, readonly, ref, shallowRef, watch, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import { bigKey, DEAF_MS, stateMark, VERBS, type BigKey } from '../components/counter/bigKey'
import { moveStates, type CallRules } from '../components/counter/moves'
import type { Answer, Board, Command, Counter, FrameBody, Queue, Ticket } from '../wire/types'
import { useBeside } from './useBeside'
import { useClock } from './useClock'
import { useDay } from './useDay'
import { useHall } from './useHall'
import { stepOf, undoLeft, useLastStep } from './useLastStep'
import { usePress } from './usePress'
import { useRules } from './useRules'
import { useSession } from './useSession'
import { useWhy } from './useWhy'

export interface MyCounterOptions { hall: string; counter: string }

function makeDesk({ hall, counter: id }: MyCounterOptions) {
  const { now } = useClock()
  const last = useLastStep(id)
  const view = useHall({ hall, face: 'counter', onFrame: heard })
  const press = usePress({ hall: () => hall, answered: answer => { settlesAt.value = answer.at.seq } })
  const rules = useRules(hall)
  const day = useDay(hall)
  const why = useWhy(hall, id)
  const counter = computed(() => view.board.value?.counters.find(c => c.id === id) ?? null)
  const ticket = computed(() => ticketAt(view.board.value, counter.value))
  const signedOut = useSignedOut(view.closeCode)
  const free = computed(() => !ticket.value && (counter.value?.state === 'open' || counter.value?.state === 'wrapping_up'))
  const lines = useLines(view.board, counter)
  const { deaf, settlesAt } = useDeafness(view.board, counter)
  const note = ref('')
  /** A note that was begun and not kept yet, and the ticket it is about. */
  const begun = shallowRef<{ ref: number; text: string } | null>(null)
  const beside = useBeside(() => ticket.value)
  const lastStep = computed(() => last.step.value ?? stepOf(counter.value, ticket.value))
  const undoS = computed(() => undoLeft(lastStep.value, now.value, view.board.value?.hall.undo_s ?? 0))

  const key = computed<BigKey | null>(() => counter.value && bigKey({
    counter: counter.value, ticket: ticket.value, waiting: lines.waiting.value.length, live: view.live.value && !signedOut.value,
    dayOpen: view.board.value?.day?.open ?? true,
    unconfirmed: press.state.value === 'unconfirmed', sending: press.state.value === 'sending',
  }))
  const moves = computed(() => (counter.value
    ? moveStates({ counter: counter.value, ticket: ticket.value, rules: rulesOf(ticket.value), now: now.value, live: view.live.value && press.state.value !== 'unconfirmed' })
    : []))

  function rulesOf(of: Ticket | null): CallRules | null {
    return of ? rules.value?.get(of.queue) ?? null : null
  }

  function heard(kind: string, body: FrameBody, _fresh: boolean, _after: Board, before: Board): void {
    last.heard(kind, body, before.counters.find(c => c.id === id) ?? null, before.tickets.find(t => t.ref === body.ticket?.ref)?.served_s)
    why.look()
    if (kind === 'finished' || kind === 'no_show' || kind === 'undone') day.look()
    if (kind === 'configured') rules.look()
  }

  /** Sends a command about this counter, with what this page has seen and the note that was written. */
  async function run(command: Command, about: Ticket | null = ticket.value, seen = view.board.value?.at.seq): Promise<Answer | null> {
    const words = note.value.trim()
    const answer = await press.run({
      ...command, ...(words && about ? { note: words } : {}), ...(seen === undefined ? {} : { expect: { seq: seen } }),
    }, about?.number ?? null)
    if (answer && words) note.value = ''
    if (answer?.ticket && !command.counter) last.aside(command.do, answer.ticket)
    return answer
  }

  /** The big key. Deaf for a moment after each change, and while an answer is on its way. */
  async function primary(): Promise<void> {
    if (!key.value || key.value.off || deaf.value) return
    await run({ do: VERBS[key.value.step], counter: id })
  }

  // A note is about one visitor: whoever comes next has nothing to do with it.
  watch(() => ticket.value?.ref, (_, before) => { if (before !== undefined) note.value = '' })
  watch(view.live, live => { if (live) { press.resume(); why.look(); day.look() } })

  return { id, hall, now, view, signedOut, counter, ticket, key, moves, ...lines, press, deaf, free, run, unpark: takingBack({ id, free, run, backInLine: last.backInLine }), primary, lastStep, undoS, day: day.mine, usual: day.usual, why, note, begun, beside, rulesOf }
}

export type MyCounter = ReturnType<typeof makeDesk>
const DESK: InjectionKey<MyCounter> = Symbol('desk')

export function useMyCounter(options: MyCounterOptions): MyCounter {
  const desk = makeDesk(options)
  provide(DESK, desk)
  return desk
}

/** The desk of the page this part stands on. */
export function myCounter(): MyCounter {
  const desk = inject(DESK)
  if (!desk) throw new Error('no desk around this part')
  return desk
}

/** The hub wants nothing of this session any more: it refused the link, or it said so when it was asked. */
export function useSignedOut(closeCode: Readonly<Ref<number | null>>): ComputedRef<boolean> {
  const { ended } = useSession()
  return computed(() => ended.value || closeCode.value === SESSION_REFUSED)
}

const SESSION_REFUSED = 4501

function ticketAt(board: Board | null, counter: Counter | null): Ticket | null {
  if (!board || counter?.ticket == null) return null
  return board.tickets.find(t => t.ref === counter.ticket) ?? null
}

/** Who waits, is parked or was missed for this counter. */
function useLines(board: Readonly<{ value: Board | null }>, counter: Readonly<{ value: Counter | null }>) {
  const mine = computed(() => new Set(counter.value?.queues ?? []))
  const here = (t: Ticket) => mine.value.has(t.queue) && (!t.counter || t.counter === counter.value?.id) || t.counter === counter.value?.id
  const inState = (state: Ticket['state']) => computed(() =>
    (board.value?.tickets ?? []).filter(t => t.state === state && here(t)).sort((a, b) => a.order - b.order))
  const queues = computed<Queue[]>(() => (counter.value?.queues ?? []).flatMap(q => board.value?.queues.find(it => it.id === q) ?? []))
  const missed = computed(() => (board.value?.missed ?? []).filter(m => mine.value.has(m.queue)))
  return { waiting: inState('waiting'), parked: inState('parked'), missed, queues }
}

type Run = (command: Command, about: Ticket | null, seen?: number) => Promise<Answer | null>
interface TakingBack { id: string; free: Readonly<{ value: boolean }>; run: Run; backInLine: (number: string) => void }

/** Brings a parked ticket back: to this counter, where it is free; else into the line, at its old place. */
export function takingBack({ id, free, run, backInLine }: TakingBack) {
  return async (parked: Ticket): Promise<boolean> => {
    const callsIt = free.value
    const answer = await run({ do: 'unpark', ticket: parked.ref }, parked)
    // Parked at a counter, the hub has called it there again by itself.
    if (answer?.ticket?.state !== 'waiting') return answer !== null
    backInLine(parked.number)
    return !callsIt || await run({ do: 'call_ticket', counter: id, ticket: parked.ref }, parked, answer.at.seq) !== null
  }
}

/** Deaf for 600 ms after each change of state, and until the board shows the answer to the last press. */
function useDeafness(board: Readonly<{ value: Board | null }>, counter: Readonly<{ value: Counter | null }>) {
  const justChanged = ref(false)
  const settlesAt = shallowRef(0)
  let timer: ReturnType<typeof setTimeout> | undefined
  let settle: ReturnType<typeof setTimeout> | undefined
  watch(() => stateMark(counter.value), () => {
    justChanged.value = true
    clearTimeout(timer)
    timer = setTimeout(() => { justChanged.value = false }, DEAF_MS)
  }, { flush: 'sync' })
  // A board that never comes must not lock the key: a late press is refused as stale by the hub.
  watch(settlesAt, seq => {
    clearTimeout(settle)
    if (seq) settle = setTimeout(() => { settlesAt.value = 0 }, SETTLE_MAX_MS)
  })
  onScopeDispose(() => { clearTimeout(timer); clearTimeout(settle) })
  const deaf = computed(() => justChanged.value || (board.value?.at.seq ?? 0) < settlesAt.value)
  return { deaf: readonly(deaf), settlesAt }
}

const SETTLE_MAX_MS = 2_000
