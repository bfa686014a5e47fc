/** Listens to the keyboard of a counter page and says what was asked for. Silent in text fields and on repeats. */
import { computed, onScopeDispose, ref } from 'vue'
import { actionOf, keepOwn, readOwn, tableOf, type Action, type Own } from '../components/counter/shortcuts'

const TEXT_FIELDS = 'input:not([type=radio]):not([type=checkbox]):not([type=button]), textarea, select, [contenteditable=true]'
const OWN_KEYS = 'button, a[href], summary, input, [role=tab], [role=option]'
const ACTIVATES = ['Space', 'Enter', 'NumpadEnter']

/** Whether the focused thing wants this key for itself: a text field any key, a button reached by keyboard its own. */
export function keptByFocus(focused: Element | null, code: string): boolean {
  if (!focused) return false
  if (focused.closest('dialog')) return true
  if (focused.matches(TEXT_FIELDS)) return code !== 'Escape'
  return ACTIVATES.includes(code) && focused.matches(OWN_KEYS) && focused.matches(':focus-visible')
}

export function useShortcuts(person: () => string, does: (action: Action) => void) {
  const own = ref<Own>(readOwn(person()))
  const table = computed(() => tableOf(own.value))

  function pressed(event: KeyboardEvent): void {
    // A key held down is one press, also on a button that has the focus.
    if (event.repeat) return ACTIVATES.includes(event.code) && !typing() ? event.preventDefault() : undefined
    if (event.defaultPrevented || keptByFocus(document.activeElement, event.code)) return
    const action = actionOf(table.value, event)
    if (!action) return
    event.preventDefault()
    does(action)
  }

  /** A button that was clicked gives the focus back, so that the space bar means the big key again. */
  function clicked(event: MouseEvent): void {
    const button = event.detail > 0 && event.target instanceof Element ? event.target.closest('button') : null
    button?.blur()
  }

  function change(to: Own): void {
    own.value = to
    keepOwn(person(), to)
  }

  window.addEventListener('keydown', pressed)
  window.addEventListener('click', clicked)
  onScopeDispose(() => {
    window.removeEventListener('keydown', pressed)
    window.removeEventListener('click', clicked)
  })
  return { own, table, change }
}

function typing(): boolean {
  return document.activeElement?.matches(TEXT_FIELDS) ?? false
}
