/** Turns the pages of a list one after the other, never while `hold` is true. */
import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'

export const PAGE_MS = 12_000

export function usePages<T>(pages: Ref<readonly T[]>, hold: Ref<boolean>, everyMs = PAGE_MS) {
  const turn = ref(0)
  const timer = setInterval(() => { if (!hold.value && pages.value.length > 1) turn.value += 1 }, everyMs)
  watch(() => pages.value.length, count => { if (turn.value >= count) turn.value = 0 })
  onScopeDispose(() => clearInterval(timer))
  const index = computed(() => (pages.value.length ? turn.value % pages.value.length : 0))
  return { index, page: computed(() => pages.value[index.value]) }
}

/** A list in pieces of at most `size`. */
export function pieces<T>(list: readonly T[], size: number): T[][] {
  const all: T[][] = []
  for (let n = 0; n < list.length; n += size) all.push(list.slice(n, n + size))
  return all
}
