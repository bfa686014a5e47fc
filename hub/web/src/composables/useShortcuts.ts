/** Listens to the keyboard of a counter page and says what was asked for. Silent in text fields and on repeats. */
import { computed, onScopeDispose, ref } from 'vue'
import { actionOf, keepOwn, readOwn, tableOf, type Action, type Own } from '../components/counter/shortcuts'

const FIELDS = 'input:not([type=button]), textarea, select, [contenteditable=true]'
const OWN_KEYS = 'button, a[href], summary, [role=tab], [role=option]'
const ACTIVATES = ['Space', 'Enter', 'NumpadEnter']
const CLOSES = 'Escape'
/** Whatever asks or offers something of its own. */
const OPEN = '[role=dialog], [role=alertdialog], [role=menu], dialog[open]'

/** Whether the focused thing wants this key for itself: a field any key, a button of a drawer or reached by keyboard its own. */
export function keptByFocus(focused: Element | null, code: string): boolean {
  if (!focused) return false
  if (focused.closest('dialog')) return true
  if (focused.matches(FIELDS)) return code !== CLOSES
  return ACTIVATES.includes(code) && focused.matches(OWN_KEYS) && (focused.closest(OPEN) !== null || focused.matches(':focus-visible'))
}

/** Whether something stands open beside or over the keys: then a key may be meant for it, and none acts but Escape. */
export function heldByOpen(code: string): boolean {
  return code !== CLOSES && document.querySelector(OPEN) !== null
}

/** `held` is told of a key that would have acted, had nothing been open. */
export function useShortcuts(person: () => string, does: (action: Action) => void, held: () => void = () => {}) {
  const own = ref<Own>(readOwn(person()))
  const table = computed(() => tableOf(own.value))

  function pressed(event: KeyboardEvent): void {
    // A key held down is one press, also on a button that has the focus.
    if (event.repeat) return ACTIVATES.includes(event.code) && !typing() ? event.preventDefault() : undefined
    // While an input method composes, every key is its own, Escape too.
    if (event.defaultPrevented || event.isComposing || keptByFocus(document.activeElement, event.code)) return
    const action = actionOf(table.value, event)
    if (!action) return
    event.preventDefault()
    if (heldByOpen(event.code)) held()
    else does(action)
  }

  /**
   * A button that is clicked gives the focus back, so that the space bar means the big key again. In a drawer it stays.
   * Before the button acts: a drawer that it opens must not give the focus back to it when it closes.
   */
  function clicked(event: MouseEvent): void {
    const button = event.detail > 0 && event.target instanceof Element ? event.target.closest('button') : null
    if (!button?.closest(OPEN)) button?.blur()
  }

  function change(to: Own): void {
    own.value = to
    keepOwn(person(), to)
  }

  window.addEventListener('keydown', pressed)
  window.addEventListener('click', clicked, true)
  onScopeDispose(() => {
    window.removeEventListener('keydown', pressed)
    window.removeEventListener('click', clicked, true)
  })
  return { own, table, change }
}

function typing(): boolean {
  return document.activeElement?.matches(FIELDS) ?? false
}
