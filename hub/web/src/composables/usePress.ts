/**
 * One press at a time, sent exactly once. A press whose answer got lost is kept with its key, also over a reload,
 * and sent again with the same key when the hub is back: the hub then gives the first answer, or does it now.
 *
 * Every press says what its page had seen (`expect`), so that a late one never meets another situation.
 */
import { computed, onScopeDispose, readonly, ref, shallowRef } from 'vue'
import { freshKey, post } from '../wire/http'
import { Problem } from '../wire/problem'
import type { Answer, Command } from '../wire/types'

export interface Kept { hall: string; command: Command; key: string; number: string | null; at: number }
export type PressState = 'idle' | 'sending' | 'unconfirmed'

const KEPT_UNDER = 'hallcast.press'
/** The hub keeps a key for 24 h; a press older than this is not sent again. */
const KEPT_MAX_MS = 12 * 3_600_000
const RETRY_FIRST_MS = 1_000
const RETRY_MAX_MS = 8_000

export interface PressOptions { hall: () => string; answered?: (answer: Answer, command: Command) => void }

export function usePress({ hall, answered }: PressOptions) {
  const kept = shallowRef<Kept | null>(readKept(hall()))
  const sending = ref(false)
  const tried = ref(kept.value !== null)
  const problem = shallowRef<Problem | null>(null)
  const state = computed<PressState>(() => (!kept.value ? 'idle' : tried.value ? 'unconfirmed' : 'sending'))
  let alive = true
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = RETRY_FIRST_MS

  /** Asks for `command`; the answer, or nothing: refused (see `problem`), unconfirmed, or another press is under way. */
  async function run(command: Command, number: string | null = null): Promise<Answer | null> {
    if (kept.value) return null
    problem.value = null
    tried.value = false
    pause = RETRY_FIRST_MS
    keep({ hall: hall(), command, key: freshKey(), number, at: Date.now() })
    return await attempt()
  }

  async function attempt(): Promise<Answer | null> {
    clearTimeout(timer)
    const press = kept.value
    if (!alive || !press || sending.value) return null
    sending.value = true
    try {
      const answer = await post<Answer>(`/halls/${encodeURIComponent(press.hall)}/commands`, press.command, { key: press.key })
      keep(null)
      answered?.(answer, press.command)
      return answer
    } catch (error) {
      return failed(error)
    } finally {
      sending.value = false
    }
  }

  function failed(error: unknown): null {
    const what = error instanceof Problem ? error : new Problem({ status: 0 })
    // Signed out is not an answer either: after signing in again the same press is sent.
    if (what.unconfirmed || what.status === 401 || what.status === 429) {
      tried.value = true
      if (alive) timer = setTimeout(() => void attempt(), pause)
      pause = Math.min(RETRY_MAX_MS, pause * 2)
    } else {
      problem.value = what
      keep(null)
    }
    return null
  }

  const keep = (press: Kept | null) => { store(kept.value = press) }

  /** The hub is back: settle what is open at once. */
  function resume(): void {
    pause = RETRY_FIRST_MS
    if (kept.value && !sending.value) void attempt()
  }

  window.addEventListener('online', resume)
  onScopeDispose(() => {
    alive = false
    clearTimeout(timer)
    window.removeEventListener('online', resume)
  })
  if (kept.value) void attempt()

  return { run, resume, state, problem, kept: readonly(kept), forgive: () => { problem.value = null } }
}

function store(press: Kept | null): void {
  if (press) sessionStorage.setItem(KEPT_UNDER, JSON.stringify(press))
  else sessionStorage.removeItem(KEPT_UNDER)
}

function readKept(hall: string): Kept | null {
  try {
    const press = JSON.parse(sessionStorage.getItem(KEPT_UNDER) ?? 'null') as Kept | null
    return press && press.hall === hall && Date.now() - press.at < KEPT_MAX_MS ? press : null
  } catch {
    return null
  }
}
