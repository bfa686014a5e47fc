/**
 * Asks a hall to change, once. A press whose answer got lost is kept with its key and asked again until the hub
 * answers; the key makes sure that it happens once.
 */
import { onScopeDispose, readonly, ref, shallowRef } from 'vue'
import { freshKey, post } from '../wire/http'
import { Problem } from '../wire/problem'
import type { Answer, Command } from '../wire/types'

export type CommandState = 'idle' | 'sending' | 'unconfirmed' | 'refused'

const RETRY_FIRST_MS = 1_000
const RETRY_MAX_MS = 8_000

export function useCommand(hall: () => string, token: () => string | null = () => null) {
  const state = ref<CommandState>('idle')
  const problem = shallowRef<Problem | null>(null)
  const kept = shallowRef<{ command: Command; key: string } | null>(null)
  let alive = true
  let wake: (() => void) | null = null

  /** Runs a command; the answer, or nothing when it was refused. A second press while one is under way does nothing. */
  async function run(command: Command): Promise<Answer | null> {
    if (state.value === 'sending' || state.value === 'unconfirmed') return null
    problem.value = null
    kept.value = { command, key: freshKey() }
    return await settle()
  }

  async function settle(): Promise<Answer | null> {
    let pause = RETRY_FIRST_MS
    while (alive && kept.value) {
      const { command, key } = kept.value
      if (state.value !== 'unconfirmed') state.value = 'sending'
      try {
        const answer = await send(command, key)
        state.value = 'idle'
        kept.value = null
        return answer
      } catch (error) {
        if (!(error instanceof Problem) || !error.unconfirmed) return refused(error)
        problem.value = error
        state.value = 'unconfirmed'
        await sleep(pause)
        pause = Math.min(RETRY_MAX_MS, pause * 2)
      }
    }
    return null
  }

  function send(command: Command, key: string): Promise<Answer> {
    const bearer = token()
    return post<Answer>(`/halls/${encodeURIComponent(hall())}/commands`, command, { key, ...(bearer ? { token: bearer } : {}) })
  }

  function refused(error: unknown): null {
    problem.value = error instanceof Problem ? error : new Problem({ status: 0 })
    state.value = 'refused'
    kept.value = null
    return null
  }

  function sleep(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms)
      wake = () => { clearTimeout(timer); resolve() }
    })
  }

  /** Forgets a press that was never confirmed. It may still have happened: the board will say. */
  function forget(): void {
    kept.value = null
    problem.value = null
    state.value = 'idle'
    wake?.()
  }

  const online = () => wake?.()
  window.addEventListener('online', online)
  onScopeDispose(() => { alive = false; window.removeEventListener('online', online); wake?.() })

  return { run, forget, retryNow: () => wake?.(), state: readonly(state), problem, unconfirmed: kept }
}
