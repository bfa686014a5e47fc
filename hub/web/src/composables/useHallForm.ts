/** The form of the hall's own fields: only what was changed is sent, against the revision that was seen. */
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { differences, type Clash } from '../components/admin/clash'
import { toldAt } from '../components/admin/told'
import type { HallSetup } from '../wire/setup'
import { changedFields, useDraft } from './useDraft'
import { theSetup } from './useSetup'
import { useUnsaved } from './useUnsaved'

export function useHallForm(wrong: (hall: HallSetup) => Partial<Record<string, string>>) {
  const setup = theSetup()
  const form = useDraft<HallSetup>(setup.setup.value!.hall)
  const saved = ref(false)
  const clash = shallowRef<Clash | null>(null)
  useUnsaved(() => form.dirty.value)
  // What was refused here is nothing to the next form.
  setup.forgive()
  onScopeDispose(setup.forgive)
  const local = computed(() => wrong(form.draft.value))
  const told = computed(() => toldAt(setup.problem.value))
  const why = (field: string) => local.value[field] ?? told.value[field]
  const hasWrong = computed(() => Object.values(local.value).some(Boolean))

  async function save(): Promise<void> {
    saved.value = false
    // Somebody saved first: that is chosen in its box, never by the ordinary key.
    if (clash.value || hasWrong.value || !form.dirty.value) return
    const before = form.base.value
    const fields = changedFields(before, form.draft.value)
    const result = await setup.patchHall(Object.fromEntries(fields.map(f => [f, form.draft.value[f]])))
    if (result === 'saved') {
      form.reset(setup.setup.value!.hall)
      saved.value = true
    } else if (result === 'stale') {
      const theirs = setup.setup.value!
      clash.value = { gone: false, who: setup.forestalledBy.value, differences: differences(before, theirs.hall, form.draft.value, theirs) }
    }
  }

  /** Saves mine; a field that only they changed stays theirs. */
  async function keepMine(): Promise<void> {
    clash.value = null
    await save()
  }

  function takeTheirs(): void {
    form.reset(setup.setup.value!.hall)
    clash.value = null
    setup.forgive()
  }
  function cancel(): void {
    takeTheirs()
    saved.value = false
  }
  return { ...form, setup, why, hasWrong, save, saved, clash, keepMine, takeTheirs, cancel }
}
