/** Nothing typed is lost by a click: whoever has unsaved changes is asked first, also by the browser. */
import { onScopeDispose, readonly, shallowRef } from 'vue'

type Dirty = () => boolean
const checks = new Set<Dirty>()
const asking = shallowRef<((leave: boolean) => void) | null>(null)

/** Whether anything on the page is not saved. */
export const anyUnsaved = () => [...checks].some(dirty => dirty())

/** Says, as long as this part stands, whether something here is not saved. */
export function useUnsaved(dirty: Dirty): void {
  checks.add(dirty)
  const before = (event: BeforeUnloadEvent) => { if (dirty()) event.preventDefault() }
  window.addEventListener('beforeunload', before)
  onScopeDispose(() => {
    checks.delete(dirty)
    window.removeEventListener('beforeunload', before)
  })
}

/** Whether one may go on: at once when nothing is unsaved, else as the person answers. */
export function mayLeave(): Promise<boolean> {
  if (!anyUnsaved()) return Promise.resolve(true)
  asking.value?.(false)
  return new Promise(resolve => {
    asking.value = leave => { asking.value = null; resolve(leave) }
  })
}

/** The question on the page, while one is open. */
export const unsavedQuestion = { asking: readonly(asking), answer: (leave: boolean) => asking.value?.(leave) }
