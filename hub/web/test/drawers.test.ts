/** Drawers of the counter page at a desk that is made up: what they mark, and what they say when somebody was faster. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createApp, defineComponent, h, type App, type Component } from 'vue'
import CounterBar from '../src/components/counter/CounterBar.vue'
import PauseDrawer from '../src/components/counter/PauseDrawer.vue'
import { DEFAULTS } from '../src/components/counter/shortcuts'
import TicketDrawer from '../src/components/counter/TicketDrawer.vue'
import TransferDrawer from '../src/components/counter/TransferDrawer.vue'
import { useMyCounter, type MyCounter } from '../src/composables/useMyCounter'
import { Problem } from '../src/wire/problem'
import type { Board } from '../src/wire/types'
import { board, counter, ticket } from './board'

class Socket { close(): void { /* nobody listens */ } send(): void { /* nobody hears */ } }
let app: App
let desk: MyCounter
const settled = async () => { for (let n = 0; n < 4; n += 1) await new Promise(done => setTimeout(done)) }
const text = (of: string) => document.querySelector(of)?.textContent ?? ''

/** The part on a page of its own, at counter 2 of this hall. */
async function show(part: Component, props: Record<string, unknown>, hall: Board): Promise<void> {
  app = createApp(defineComponent(() => {
    desk = useMyCounter({ hall: 'h', counter: '2' })
    ;(desk.view.board as { value: Board | null }).value = hall
    return () => h(part, props)
  }))
  app.mount('#app')
  await settled()
}

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>'
  vi.stubGlobal('WebSocket', Socket)
  vi.stubGlobal('fetch', async () => new Response('{"candidates": [], "notes": []}', { status: 200 }))
})
afterEach(() => { app.unmount(); vi.unstubAllGlobals() })

describe('a drawer', () => {
  test('of a transfer without a target marks the field and goes there', async () => {
    await show(TransferDrawer, { reference: 1 }, board({ tickets: [ticket(1)] }))
    ;[...document.querySelectorAll<HTMLElement>('.drawer-foot .main')][0]!.click()
    await settled()
    expect(document.activeElement?.tagName).toBe('SELECT')
    expect(document.activeElement?.getAttribute('aria-invalid')).toBe('true')
    expect(text('.field .why')).toBe('先选转到哪里')
  })
  test('of a number that somebody else called first says who', async () => {
    await show(TicketDrawer, { reference: 1 }, board({ tickets: [ticket(1, { state: 'called', counter: '1' })] }))
    desk.press.problem.value = new Problem({ status: 409, code: 'stale' })
    await settled()
    expect(text('.refusal')).toBe('A001 刚被 1 号窗口叫走')
  })
  test('of a pause says the reason in the words that stand there afterwards', async () => {
    const hall = board()
    await show(PauseDrawer, {}, { ...hall, hall: { ...hall.hall, reasons: [{ id: 'busy', name: '处理事务', name_en: 'Busy' }] } })
    expect([...document.querySelectorAll('.dw-choices .btn')].map(it => it.textContent)).toEqual(['处理事务', '短暂离开', '休息', '其他'])
  })
})

test('the bar of a counter that is not connected offers no pause', async () => {
  await show(CounterBar, { keys: DEFAULTS }, board({ counters: [counter('2')] }))
  expect(document.querySelector('.ct-bar .btn.off')?.getAttribute('aria-disabled')).toBe('true')
  expect(text('.ct-bar .btn.off')).toContain('暂停')
})
