/** Where one is in the administration; kept behind `#`, so that reload, back and a link lead there again. */
import { onScopeDispose, readonly, ref } from 'vue'
import { mayLeave } from './useUnsaved'

export const TABS = ['basic', 'queues', 'counters', 'zones', 'rules', 'check'] as const
export type HallTab = typeof TABS[number]
export const VIEWS = ['sites', 'players', 'people', 'tokens', 'audit'] as const
export type View = typeof VIEWS[number]
export type Place = { view: View } | { view: 'hall'; hall: string; tab: HallTab }

function read(): Place | null {
  const [view = '', hall = '', tab = ''] = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent)
  if (view === 'hall' && hall) return { view, hall, tab: TABS.find(t => t === tab) ?? 'queues' }
  const known = VIEWS.find(v => v === view)
  return known ? { view: known } : null
}

function written(place: Place): string {
  return place.view === 'hall' ? `#/hall/${encodeURIComponent(place.hall)}/${place.tab}` : `#/${place.view}`
}

export function useAdminPlace() {
  const place = ref<Place | null>(read())

  async function go(to: Place): Promise<void> {
    if (written(to) === location.hash || !await mayLeave()) return
    history.pushState(null, '', written(to))
    place.value = to
  }

  /** Somewhere to begin, when the address says nothing. */
  function begin(at: Place): void {
    if (place.value) return
    history.replaceState(null, '', written(at))
    place.value = at
  }

  const moved = () => { place.value = read() ?? place.value }
  window.addEventListener('popstate', moved)
  window.addEventListener('hashchange', moved)
  onScopeDispose(() => {
    window.removeEventListener('popstate', moved)
    window.removeEventListener('hashchange', moved)
  })
  return { place: readonly(place), go, begin }
}
