/** What a drawer does with the focus, and that no key acts behind its back. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createApp, defineComponent, effectScope, h, nextTick, ref, type App, type VNode } from 'vue'
import Drawer from '../src/components/parts/Drawer.vue'
import { useShortcuts } from '../src/composables/useShortcuts'

let app: App | undefined
const which = ref<'none' | 'note' | 'ticket' | 'why'>('none')
const inside: Record<string, () => VNode[]> = {
  note: () => [h('p', 'a line'), h('input', { type: 'checkbox' }), h('textarea'), h('button', { class: 'btn main' })],
  ticket: () => [h('input', { type: 'radio', name: 'class' }), h('button', { 'class': 'btn', 'data-first': '' })],
  why: () => [h('p', 'nothing to press')],
}
const page = defineComponent(() => () => [
  which.value === 'none' ? null : h(Drawer, { key: which.value, title: which.value, onClose: () => { which.value = 'none' } }, { default: inside[which.value] }),
  h('button', { id: 'row', style: { display: which.value === 'none' ? '' : 'none' } }),
  h('input', { id: 'elsewhere' }),
])
const settled = async () => { await nextTick(); await nextTick() }
const open = async (name: typeof which.value) => { which.value = name; await settled() }
const focused = () => document.activeElement

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>'
  which.value = 'none'
  app = createApp(page)
  app.mount('#app')
})
afterEach(() => app?.unmount())

describe('the focus', () => {
  test('goes to the first field, past a tick', async () => {
    await open('note')
    expect(focused()?.tagName).toBe('TEXTAREA')
  })
  test('goes to what one came for', async () => {
    await open('ticket')
    expect(focused()?.hasAttribute('data-first')).toBe(true)
  })
  test('goes to the drawer where there is nothing to do', async () => {
    await open('why')
    expect(focused()?.getAttribute('role')).toBe('dialog')
  })
  test('comes back to where it was, also over a second drawer', async () => {
    document.getElementById('row')!.focus()
    await open('note')
    await open('ticket')
    focused()!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    await settled()
    expect(which.value).toBe('none')
    expect(focused()?.id).toBe('row')
  })
  test('is not given back to a key that was clicked: the space bar means the big key again', async () => {
    const own = effectScope()
    own.run(() => useShortcuts(() => 'p', () => undefined))
    const key = document.getElementById('row')!
    key.addEventListener('click', () => void open('why'), { once: true })
    key.focus()
    key.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }))
    await settled()
    focused()!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    await settled()
    expect([which.value, focused()]).toEqual(['none', document.body])
    own.stop()
  })
  test('stays with somebody who works elsewhere by now', async () => {
    document.getElementById('row')!.focus()
    await open('note')
    document.getElementById('elsewhere')!.focus()
    await open('none')
    expect(focused()?.id).toBe('elsewhere')
  })
})

describe('shortcuts', () => {
  const done: string[] = []
  let held = 0
  const press = (code: string, more: KeyboardEventInit = {}) => (focused() ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { code, key: code, bubbles: true, cancelable: true, ...more }))
  beforeEach(() => { done.length = held = 0 })

  test('act while nothing is open, and only Escape does while a drawer or a question is', async () => {
    const own = effectScope()
    own.run(() => useShortcuts(() => 'p', action => done.push(action), () => { held += 1 }))
    press('KeyK')
    press('Space')
    expect(done).toEqual(['park', 'primary'])
    await open('note')
    press('KeyK')
    press('Space')
    ;(focused() as HTMLElement).blur()
    for (const code of ['KeyK', 'KeyM', 'KeyF', 'Space', 'NumpadEnter']) press(code)
    expect(done).toEqual(['park', 'primary'])
    expect(held).toBe(5)
    press('Escape', { isComposing: true })
    expect(done).toHaveLength(2)
    press('Escape')
    expect(done[2]).toBe('close')
    await open('ticket')
    press('Space')
    expect([done.length, held]).toEqual([3, 5])
    await open('none')
    document.body.insertAdjacentHTML('beforeend', '<div role="alertdialog"></div>')
    press('Space')
    expect(done).toHaveLength(3)
    own.stop()
  })
})
