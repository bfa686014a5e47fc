/**
 * Where the focus goes when a drawer opens, and that it comes back to where it was when the drawer closes, also when
 * one drawer gives way to the next. Somebody who went on working elsewhere keeps the focus there.
 */
import { nextTick, onBeforeUnmount, onMounted, type Ref } from 'vue'

const FIELDS = 'input:not([type=hidden]):not([type=checkbox]):not([disabled]), textarea:not([disabled]), select:not([disabled])'
const MAIN = '.btn.main:not([disabled])'

/** What the focus was on before the drawer that is just closing, until it is given back or the next drawer takes it over. */
let parting: HTMLElement | null = null

/** The thing one came for (`data-first`), else the first field, else the main action, else the drawer itself. */
export function firstIn(box: HTMLElement): HTMLElement {
  const first = box.querySelector<HTMLElement>('[data-first]') ?? box.querySelector<HTMLElement>(FIELDS) ?? box.querySelector<HTMLElement>(MAIN) ?? box
  if (!(first instanceof HTMLInputElement) || first.type !== 'radio' || first.checked) return first
  return [...box.querySelectorAll<HTMLInputElement>('input[type=radio]:checked')].find(it => it.name === first.name) ?? first
}

export function useDrawerFocus(box: Ref<HTMLElement | null>): void {
  const from = parting ?? document.activeElement as HTMLElement | null
  parting = null
  onMounted(() => nextTick(() => { if (box.value) firstIn(box.value).focus() }))
  onBeforeUnmount(() => {
    const now = document.activeElement
    if (now && now !== document.body && !box.value?.contains(now)) return
    parting = from
    // After the page has been drawn anew: what was hidden beside the drawer can take the focus again.
    void nextTick(() => {
      if (parting !== from) return
      parting = null
      from?.focus?.()
    })
  })
}
