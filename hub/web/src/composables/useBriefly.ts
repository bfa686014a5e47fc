/** Something that is so for a moment after it happened. */
import { onScopeDispose, readonly, ref } from 'vue'

export function useBriefly(ms: number) {
  const is = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  function begin(): void {
    is.value = true
    clearTimeout(timer)
    timer = setTimeout(() => { is.value = false }, ms)
  }
  onScopeDispose(() => clearTimeout(timer))
  return { is: readonly(is), begin }
}
