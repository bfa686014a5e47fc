/** Counts of many halls over one link, for choosing where to look. */
import { onScopeDispose, readonly, ref, shallowRef, watch, type Ref } from 'vue'
import { openLink, type LinkState } from '../wire/link'
import type { Summary } from '../wire/types'

/** The hub's own limit of halls on one socket. */
const HALLS_MAX = 64

export function useSummaries(halls: Ref<readonly { id: string }[]>) {
  const summaries = shallowRef<Record<string, Summary>>({})
  const state = ref<LinkState>('joining')
  let close = () => {}

  watch(halls, list => {
    close()
    if (list.length < 2) return
    const link = openLink({
      face: 'wall',
      follow: () => list.slice(0, HALLS_MAX).map(hall => ({ hall: hall.id, cut: 'summary' as const })),
      heard: what => { if ('summary' in what) summaries.value = { ...summaries.value, [what.hall]: what.summary } },
      changed: now => { state.value = now },
    })
    close = link.close
  }, { immediate: true })

  onScopeDispose(() => close())
  return { summaries, state: readonly(state) }
}
