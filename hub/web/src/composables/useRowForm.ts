/**
 * The form of one row of a setup: a draft, what is wrong with it, saving against the revision that was seen, and the
 * way on when somebody else saved first.
 */
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { differences, mineOver, type Clash } from '../components/admin/clash'
import { toldAt } from '../components/admin/told'
import type { Rows, Setup } from '../wire/setup'
import { useDraft } from './useDraft'
import { theSetup, type SetupOfHall } from './useSetup'
import { useUnsaved } from './useUnsaved'

export interface RowFormOptions<K extends keyof Rows> {
  kind: K
  row: Rows[K]
  wrong: (row: Rows[K], setup: Setup) => Partial<Record<string, string>>
  saved: (row: Rows[K]) => void
}

export function useRowForm<K extends keyof Rows>({ kind, row, wrong, saved }: RowFormOptions<K>) {
  const setup = theSetup()
  const known = () => (setup.setup.value?.[kind] as Rows[K][] | undefined)?.find(it => it.id === row.id)
  const isNew = computed(() => !known())
  const form = useDraft<Rows[K]>(row)
  const tried = ref(false)
  const clash = shallowRef<Clash | null>(null)
  useUnsaved(() => form.dirty.value)
  // What was refused here is nothing to the next form.
  setup.forgive()
  onScopeDispose(setup.forgive)

  const local = computed(() => (setup.setup.value ? wrong(form.draft.value, setup.setup.value) : {}))
  const wrongs = computed<Partial<Record<string, string>>>(() => ({ ...toldAt(setup.problem.value), ...local.value }))
  /** A new row is not called wrong before one tried to save it. */
  const why = (field: string) => (tried.value || !isNew.value ? wrongs.value[field] : undefined)
  const hasWrong = computed(() => (tried.value || !isNew.value) && Object.values(local.value).some(Boolean))

  async function save(): Promise<void> {
    tried.value = true
    // Somebody saved first: that is chosen in its box, never by the ordinary key.
    if (clash.value) return
    if (Object.values(local.value).some(Boolean) || !form.dirty.value && !isNew.value) return
    const before = form.base.value
    const result = await setup.put(kind, form.draft.value)
    if (result === 'saved') {
      form.rebase(form.draft.value)
      saved(known() ?? form.draft.value)
    } else if (result === 'stale') {
      clash.value = clashWith(before, known(), form.draft.value, setup)
    }
  }

  /** Saves mine; a field that only they changed stays theirs. */
  async function keepMine(): Promise<void> {
    const theirs = known()
    if (theirs) overTheirs(theirs)
    clash.value = null
    await save()
  }

  function overTheirs(theirs: Rows[K]): void {
    const mine = mineOver(form.base.value, theirs, form.draft.value)
    form.rebase(theirs)
    form.draft.value = mine
  }

  /** Theirs as it is now. Who only looks before removing keeps what they had typed over it. */
  function takeTheirs(): void {
    const theirs = known()
    if (theirs && clash.value?.removing) overTheirs(theirs)
    else if (theirs) form.reset(theirs)
    clash.value = null
    setup.forgive()
  }

  /** Whether it is gone now, by me or by somebody who was faster. */
  async function remove(): Promise<boolean> {
    clash.value = null
    const result = await setup.remove(kind, row.id)
    const gone = result === 'saved' || result === 'stale' && !known()
    if (gone) form.reset(form.draft.value)
    else if (result === 'stale') clash.value = { ...clashWith(form.base.value, known(), form.draft.value, setup), removing: true }
    return gone
  }

  return { ...form, setup, isNew, tried, why, hasWrong, clash, save, keepMine, takeTheirs, remove, busy: setup.busy, problem: setup.problem }
}

/** What they changed since `before`, beside what is mine. */
function clashWith<T extends object>(before: T, theirs: T | undefined, mine: T, setup: SetupOfHall): Clash {
  const who = setup.forestalledBy.value
  if (!theirs) return { differences: [], gone: true, who }
  return { gone: false, who, differences: differences(before, theirs, mine, setup.setup.value!) }
}
