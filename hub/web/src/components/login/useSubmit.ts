/** Sends a form once, says what went wrong beside it, and counts the wait down when there were too many tries. */
import { onScopeDispose, readonly, ref, shallowRef } from 'vue'
import { Problem } from '../../wire/problem'

const SECOND_MS = 1_000
const WAIT_UNKNOWN_S = 30

export function useSubmit() {
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const waitS = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined

  /** Runs `send`; true when it succeeded. Nothing is sent while one is under way or the wait is not over. */
  async function submit(send: () => Promise<unknown>): Promise<boolean> {
    if (busy.value || waitS.value > 0) return false
    busy.value = true
    problem.value = null
    try {
      await send()
      return true
    } catch (error) {
      problem.value = error instanceof Problem ? error : new Problem({ status: 0 })
      if (problem.value.status === 429) wait(problem.value.retryAfterS ?? WAIT_UNKNOWN_S)
      return false
    } finally {
      busy.value = false
    }
  }

  function wait(seconds: number): void {
    waitS.value = Math.ceil(seconds)
    clearInterval(timer)
    timer = setInterval(() => {
      waitS.value -= 1
      if (waitS.value > 0) return
      clearInterval(timer)
      problem.value = null
    }, SECOND_MS)
  }

  onScopeDispose(() => clearInterval(timer))
  return { busy: readonly(busy), problem, waitS: readonly(waitS), submit }
}
