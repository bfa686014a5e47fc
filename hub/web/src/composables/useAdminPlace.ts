/** Where one is in the administration; kept behind `#`, so that reload, back and a link lead there again. */
import { onScopeDispose, readonly, ref } from 'vue'
import { anyUnsaved, mayLeave } from './useUnsaved'

export const TABS = ['basic', 'queues', 'counters', 'zones', 'speakers', 'rules', 'check'] as const
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

/** The steps of this page are counted, so that one the browser took can be taken back until somebody has answered. */
const stepHere = (): number | null => { const step: unknown = history.state?.step; return typeof step === 'number' ? step : null }

export function useAdminPlace() {
  const place = ref<Place | null>(read())
  let step = stepHere() ?? 0
  /** A step is being taken back, or one may be taken because somebody answered so. */
  let undoing = false
  let passing = false

  async function go(to: Place): Promise<void> {
    if (written(to) === location.hash || !await mayLeave()) return
    step += 1
    history.pushState({ step }, '', written(to))
    place.value = to
  }

  /** Somewhere to begin, when the address says nothing. */
  function begin(at: Place): void {
    if (place.value) return
    history.replaceState({ step }, '', written(at))
    place.value = at
  }

  /** The browser went somewhere: back, forward, or to an address that was typed. Who has unsaved changes is asked as for a click. */
  async function moved(): Promise<void> {
    const to = read()
    if (!to || place.value && written(to) === written(place.value)) { undoing = false; return }
    if (undoing) return
    const by = (stepHere() ?? step + 1) - step
    if (passing || by === 0 || !anyUnsaved()) return arrive(to, step + by)
    undoing = true
    history.go(-by)
    if (!await mayLeave()) return
    passing = true
    history.go(by)
  }

  function arrive(to: Place, at: number): void {
    passing = false
    step = at
    if (stepHere() === null) history.replaceState({ step }, '')
    place.value = to
  }

  window.addEventListener('popstate', moved)
  window.addEventListener('hashchange', moved)
  onScopeDispose(() => {
    window.removeEventListener('popstate', moved)
    window.removeEventListener('hashchange', moved)
  })
  return { place: readonly(place), go, begin }
}
