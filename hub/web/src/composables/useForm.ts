/** A form outside a hall's setup: a draft, what is wrong in words, one change at a time. */
import { computed, ref } from 'vue'
import { toldAt } from '../components/admin/told'
import type { Problem } from '../wire/problem'
import { useDraft } from './useDraft'
import { useUnsaved } from './useUnsaved'

export interface FormOptions<T extends object> {
  from: T
  wrong: (draft: T) => Partial<Record<string, string>>
  problem: () => Problem | null
  /** Not yet there: nothing is called wrong before one tried to save. */
  isNew?: boolean
}

export function useForm<T extends object>({ from, wrong, problem, isNew = false }: FormOptions<T>) {
  const form = useDraft<T>(from)
  const tried = ref(false)
  useUnsaved(() => form.dirty.value)
  const local = computed(() => wrong(form.draft.value))
  const told = computed(() => toldAt(problem()))
  const shown = computed(() => tried.value || !isNew)
  const why = (field: string) => (shown.value ? local.value[field] : undefined) ?? told.value[field]
  const hasWrong = computed(() => shown.value && Object.values(local.value).some(Boolean))

  /** Whether the form may be sent; shows what is wrong if not. */
  function ready(): boolean {
    tried.value = true
    return !Object.values(local.value).some(Boolean)
  }

  return { ...form, why, hasWrong, ready }
}
