/** Reads something again and again; keeps the last answer when one fails, and says that it is old. */
import { onScopeDispose, readonly, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { get } from '../wire/http'
import { Problem } from '../wire/problem'

export interface Polled<T> { value: ShallowRef<T | null>; failed: Readonly<Ref<boolean>>; forbidden: Readonly<Ref<boolean>>; signedOut: Readonly<Ref<boolean>>; look: () => void }

export function usePoll<T>(path: () => string | null, everyMs: number): Polled<T> {
  const value = shallowRef<T | null>(null)
  const failed = ref(false)
  const forbidden = ref(false)
  const signedOut = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0

  async function ask(): Promise<void> {
    clearTimeout(timer)
    const where = path()
    const mine = ++asked
    if (where) await read(where, mine)
    if (mine === asked && !forbidden.value) timer = setTimeout(() => void ask(), everyMs)
  }

  async function read(where: string, mine: number): Promise<void> {
    try {
      const answer = await get<T>(where)
      if (mine !== asked) return
      value.value = answer
      failed.value = signedOut.value = false
    } catch (error) {
      failed.value = true
      signedOut.value = error instanceof Problem && error.status === 401
      // Who may not see it will not see it the next time either.
      if (error instanceof Problem && error.status === 403) forbidden.value = true
    }
  }

  void ask()
  onScopeDispose(() => { asked += 1; clearTimeout(timer) })
  return { value, failed: readonly(failed), forbidden: readonly(forbidden), signedOut: readonly(signedOut), look: () => { forbidden.value = false; void ask() } }
}
