/** The board of a hall, kept up to date; after a loss it resumes from the last position seen. */
import { computed, onScopeDispose, readonly, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { cut } from '../wire/cut'
import { applyFrame, opened, whole } from '../wire/fold'
import { CHANGED, openLink, type Heard, type LinkState } from '../wire/link'
import type { Board, Face, Frame, FrameBody, Live, Voice } from '../wire/types'
import { hubNow, learnOffset } from './useClock'

export interface HallOptions {
  hall: string
  face: Face
  /** Follows these zones, and what concerns the whole hall. */
  zones?: string[]
  counters?: string[]
  token?: () => string | null
  /** Of players: the hub let this page go so that it comes back, or the page is back; what it knows of itself may be old. */
  again?: () => void
  /** Called for every frame. `fresh` is false for what was missed while away: never flash or speak it. */
  onFrame?: (kind: string, body: FrameBody, fresh: boolean, after: Board, before: Board) => void
  /** What speakers do now. */
  onVoice?: (voice: Voice) => void
}

/** The hub closes with these to be asked anew: it restarts, or this player has changed. A player that is back within `SPARED_MS` was never away for anybody who looks. */
const COME_BACK: readonly (number | null)[] = [4000, CHANGED]
const SPARED_MS = 3_000

export interface HallView {
  /** Nothing until the first board. */
  board: Readonly<Ref<Board | null>>
  state: Readonly<Ref<LinkState>>
  /** What is shown may be relied on: the link is live, or a player's is away for a moment because the hub wished so. */
  live: ComputedRef<boolean>
  /** When the last truth was heard; shown while not live. */
  lastUpdate: Readonly<Ref<Date | null>>
  /** Players by id: online or not; empty until the hub has told. */
  players: Readonly<Ref<Record<string, boolean>>>
  /** Which try to reach the hub this is, since the link was last live. */
  tries: Readonly<Ref<number>>
  /** Why the hub will not have us back, or nothing. */
  closeCode: Readonly<Ref<number | null>>
  retryNow: () => void
}

export function useHall(options: HallOptions): HallView {
  const board = shallowRef<Board | null>(null)
  const state = ref<LinkState>('joining')
  const closeCode = ref<number | null>(null)
  const lastUpdate = ref<Date | null>(null)
  const tries = ref(0)
  const players = shallowRef<Record<string, boolean>>({})

  const spared = ref(false)
  let patience: ReturnType<typeof setTimeout> | undefined

  const part = { zones: options.zones ?? [], counters: options.counters ?? [] }

  function heard(what: Heard, fresh: boolean): void {
    lastUpdate.value = hubNow()
    if ('board' in what) board.value = whole(what.board)
    else if ('frame' in what) folded(what, fresh)
    else if ('voice' in what) options.onVoice?.(what.voice)
    else if ('live' in what) {
      players.value = what.live.players ?? players.value
      if (board.value) board.value = withLive(board.value, what.live)
    }
  }

  function folded(what: { at: Board['at']; frame: Frame }, fresh: boolean): void {
    const before = board.value
    if (!before || (what.at.epoch === before.at.epoch && what.at.seq <= before.at.seq)) return
    const after = cut(applyFrame(before, what.at, what.frame), part)
    board.value = after
    const [kind, body] = opened(what.frame)
    options.onFrame?.(kind, body, fresh, after, before)
  }

  function changed(now: LinkState, code: number | null): void {
    const back = now === 'live' && state.value === 'lost'
    const sent = COME_BACK.includes(code) && state.value === 'live' && options.again !== undefined
    state.value = now
    closeCode.value = code
    clearTimeout(patience)
    spared.value = sent
    if (sent) patience = setTimeout(() => { spared.value = false }, SPARED_MS)
    if (back || COME_BACK.includes(code)) options.again?.()
  }

  const link = openLink({
    face: options.face,
    ...(options.token ? { token: options.token } : {}),
    follow: () => [{
      hall: options.hall,
      ...(board.value ? { at: board.value.at } : {}),
      ...(options.zones?.length ? { zones: options.zones } : {}),
      ...(options.counters?.length ? { counters: options.counters } : {}),
    }],
    heard,
    changed,
    tried: times => { tries.value = times },
    offset: ms => { learnOffset(ms); lastUpdate.value = hubNow() },
  })
  onScopeDispose(() => { link.close(); clearTimeout(patience) })

  return {
    board, players, tries: readonly(tries), state: readonly(state), live: computed(() => state.value === 'live' || spared.value),
    lastUpdate: readonly(lastUpdate) as Readonly<Ref<Date | null>>, closeCode: readonly(closeCode), retryNow: link.retryNow,
  }
}

function withLive(board: Board, live: Live): Board {
  const { estimates, queues = {} } = live
  return { ...board, queues: board.queues.map(q => ({ ...q, estimate: estimates[q.id] ?? null, state: queues[q.id] ?? q.state })) }
}
