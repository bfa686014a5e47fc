/** Drawers of the counter page at a desk that is made up: what they mark, and what they say when somebody was faster. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createApp, defineComponent, h, type App, type Component } from 'vue'
import CounterBar from '../src/components/counter/CounterBar.vue'
import ParkDrawer from '../src/components/counter/ParkDrawer.vue'
import PauseDrawer from '../src/components/counter/PauseDrawer.vue'
import { DEFAULTS } from '../src/components/counter/shortcuts'
import Side from '../src/components/counter/Side.vue'
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
  test('of parking stands on a choice, and Enter there parks; a key held down since before does not', async () => {
    const asked: unknown[] = []
    vi.stubGlobal('fetch', async (_: string, init?: RequestInit) => { if (init?.method === 'POST') asked.push(JSON.parse(String(init.body))); return new Response('{"candidates": [], "notes": []}', { status: 200 }) })
    await show(ParkDrawer, {}, board({ tickets: [ticket(1, { state: 'serving', counter: '2' })], counters: [counter('2', { state: 'serving', ticket: 1 })] }))
    const choice = document.activeElement as HTMLInputElement
    expect(choice.type).toBe('radio')
    const enter = (repeat: boolean) => choice.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, repeat }))
    enter(true)
    await settled()
    expect(asked).toEqual([])
    enter(false)
    await settled()
    expect(asked).toEqual([expect.objectContaining({ do: 'park', counter: '2' })])
  })
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

describe('the list beside the keys', () => {
  const tab = (name: string) => document.querySelector<HTMLElement>(`[data-tab=${name}]`)!
  const chosen = () => document.querySelector('[role=tab][aria-selected=true]')?.getAttribute('data-tab')
  const parked = ticket(1, { state: 'parked', counter: null })
  const hall = (...tickets: ReturnType<typeof ticket>[]) => board({ tickets, counters: [counter('2')] })

  test('goes back to who waits when the last of another list was taken back, and stays where nothing was', async () => {
    await show(Side, { keys: DEFAULTS }, hall(ticket(2), parked))
    tab('parked').click()
    await settled()
    expect(chosen()).toBe('parked')
    ;(desk.view.board as { value: Board | null }).value = hall(ticket(2), ticket(1))
    await settled()
    expect(chosen()).toBe('waiting')
    tab('missed').click()
    ;(desk.view.board as { value: Board | null }).value = hall(ticket(2), ticket(1), ticket(3))
    await settled()
    expect(chosen()).toBe('missed')
  })
})
