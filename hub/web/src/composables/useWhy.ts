/** Who would be called next at a counter, and by which rule. Only the hub knows the mix, so it is asked. */
import { onScopeDispose, readonly, ref, shallowRef } from 'vue'
import { get } from '../wire/http'
import type { Candidate } from '../wire/office'

/** Frames come in bursts; one question after them is enough. */
const PATIENCE_MS = 250

type Explained = Candidate[] | { candidates: Candidate[] }

export function useWhy(hall: string, counter: string) {
  const candidates = shallowRef<Candidate[]>([])
  const failed = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  function look(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), PATIENCE_MS)
  }

  async function ask(): Promise<void> {
    try {
      const told = await get<Explained>(`/halls/${encodeURIComponent(hall)}/explain?counter=${encodeURIComponent(counter)}`)
      candidates.value = Array.isArray(told) ? told : told.candidates
      failed.value = false
    } catch {
      // The board's own order stays; the list says that the reasons are missing.
      failed.value = true
    }
  }

  look()
  onScopeDispose(() => clearTimeout(timer))
  return { candidates, failed: readonly(failed), look }
}
