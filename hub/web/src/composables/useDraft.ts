/** A copy to edit. Knows whether it differs from what was read, and what somebody else changed meanwhile. */
import { computed, ref, shallowRef, type Ref } from 'vue'

const copyOf = <T>(of: T): T => JSON.parse(JSON.stringify(of)) as T
/** Whether two values are the same to whoever reads them. */
export const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

export function useDraft<T extends object>(from: T) {
  const base = shallowRef<T>(copyOf(from))
  const draft = ref(copyOf(from)) as Ref<T>
  const dirty = computed(() => !same(draft.value, base.value))

  /** Starts over from another version. */
  function reset(to: T): void {
    base.value = copyOf(to)
    draft.value = copyOf(to)
  }

  /** Takes another version as what was read, and keeps what was typed. */
  function rebase(to: T): void {
    base.value = copyOf(to)
  }

  return { draft, base, dirty, reset, rebase }
}

/** The fields in which two versions differ. */
export function changedFields<T extends object>(before: T, after: T): (keyof T)[] {
  return (Object.keys(after) as (keyof T)[]).filter(field => !same(before[field], after[field]))
}
