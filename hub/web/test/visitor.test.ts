/** What visitors read on screens, kiosk and phone: nothing that can be misread, nothing that is over. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createApp, h, ref, type App, type Component } from 'vue'
import { PAIRED_FACES } from '../src/components/admin/settings/playerDraft'
import KioskFoot from '../src/components/kiosk/KioskFoot.vue'
import KioskHead from '../src/components/kiosk/KioskHead.vue'
import KioskHome from '../src/components/kiosk/KioskHome.vue'
import SidePanel from '../src/components/screen/SidePanel.vue'
import WaitingFace from '../src/components/ticket/WaitingFace.vue'
import { players } from '../src/i18n/words/office'
import type { Offer, OfferQueue, TicketPage } from '../src/wire/types'
import { board, queue } from './board'

let app: App | undefined
function shown(what: Component, props: Record<string, unknown>): HTMLElement {
  document.body.innerHTML = '<div id="app"></div>'
  app = createApp({ render: () => h(what, props) })
  app.mount('#app')
  return document.body
}
const text = (of: Element | null | undefined) => of?.textContent?.replace(/\s+/g, ' ').trim() ?? ''
afterEach(() => { app?.unmount(); vi.useRealTimers() })

describe('the waiting list of a screen', () => {
  const waiting = { waiting: 12, estimate: { p50_s: 600, p90_s: 1_080 } }
  const panel = (more: Parameters<typeof board>[0], portrait = false) => shown(SidePanel, { board: board(more), lost: false, hold: false, portrait })

  test('says whose wait it tells: of somebody who takes a number now, not of the next number', () => {
    expect(text(panel({ queues: [queue('A', waiting)] }).querySelector('[data-part=wait-from-now]'))).toBe('新取号 10–18 分')
    app?.unmount()
    expect(text(panel({ queues: [queue('A', waiting)] }, true).querySelector('[data-part=wait-from-now]'))).toBe('新取号 New ticket 10–18 分')
  })
  test('says in both languages why a queue gives no numbers, and no wait for it', () => {
    const list = panel({ queues: [queue('A', { ...waiting, state: 'closed' }), queue('B', { state: 'full' })] })
    expect([...list.querySelectorAll('.nm i')].map(text)).toEqual(['未开放 Closed', '号已取完 Full today'])
    expect(list.querySelector('[data-part=wait-from-now]')).toBeNull()
  })
  test('sends nobody to a counter for a missed number once the day is closed', () => {
    const missed = [{ ref: 1, number: 'A001', queue: 'A', counter: '1', zones: [], since: '' }]
    expect(panel({ missed }).querySelector('[data-part=missed]')).not.toBeNull()
    app?.unmount()
    expect(panel({ missed, day: { date: '2025-11-24', open: false } }).querySelector('[data-part=missed]')).toBeNull()
  })
})

describe('the phone of somebody who waits', () => {
  const ticket = (calls: TicketPage['calls']) => ({ id: 'abc', ref: 4, number: 'C004', queue: 'C', state: 'waiting', ahead: 2, estimate: null, issued_at: '2025-11-24T10:39:00+08:00', calls }) as TicketPage
  const said = (calls: TicketPage['calls']) => text(shown(WaitingFace, { ticket: ticket(calls), hall: null, counters: [], word: { zh: '号窗口', en: 'Counter' }, zone: 'Asia/Shanghai', lost: false, lastUpdate: null, said: '' }).querySelector('[data-part=last-call]'))

  test('tells the last call as what it was, for who was called may be served by now', () => expect(said([{ number: 'C003', label: '2' }])).toContain('最近叫到 C003'))
  test('says where nobody is called or served', () => expect(said([])).toMatch(/^暂无叫号/))
})

describe('the first page of the kiosk', () => {
  const offered = (prefix: string, more: Partial<OfferQueue> = {}) => ({ id: prefix, prefix, name: `队列${prefix}`, name_en: prefix, state: 'open', waiting: 0, taken: 1, counters: ['1'], letters: [prefix], pinyin: [], matters: [], estimate: null, opens_at: null, ...more }) as unknown as OfferQueue
  const kiosk = { go: vi.fn(), choose: vi.fn(), keys: { value: false }, command: { state: { value: 'idle' } } }
  const cards = (queues: OfferQueue[]) => [...shown(KioskHome, { kiosk, queues, departments: [], classes: [] as Offer['classes'] }).querySelectorAll<HTMLElement>('.pq')]

  test('keeps a queue that gives no numbers in sight, with the reason, where there are few others', () => {
    const seen = cards([offered('A'), offered('B', { state: 'frozen' }), offered('C', { state: 'full' }), offered('D', { counters: [] })])
    expect(seen.map(it => text(it.querySelector('i')))).toEqual(['无人等候', '暂停取号', '今日号已取完', '暂无窗口办理'])
    seen[1]?.click()
    expect(kiosk.choose).not.toHaveBeenCalled()
    seen[0]?.click()
    expect(kiosk.choose).toHaveBeenCalledOnce()
  })
  test('prefers queues that are open', () => {
    const seen = cards([offered('A', { state: 'frozen', taken: 9 }), ...['B', 'C', 'D', 'E'].map(it => offered(it))])
    expect(seen.map(it => text(it.querySelector('b')))).toEqual(['队列B', '队列C', '队列D', '队列E'])
  })
  test('tells no time where the hall is not known', () => {
    expect(shown(KioskHead, { hall: null, zone: undefined, large: false }).querySelector('.t')).toBeNull()
    app?.unmount()
    expect(text(shown(KioskHead, { hall: null, zone: 'Asia/Shanghai', large: false }).querySelector('.t'))).toMatch(/^\d\d:\d\d/)
  })
  test('keeps the sign of priority for priority', () => {
    const foot = shown(KioskFoot, { kiosk: { large: ref(false), low: ref(false), page: ref('home'), left: ref(null), go: vi.fn() } })
    expect(text(foot)).toContain('无障碍')
    expect(foot.querySelectorAll('[class*=accessibility]')).toHaveLength(0)
  })
})

describe('approving a device', () => {
  test('offers only what the hub takes', () => expect(PAIRED_FACES).toEqual(['screen', 'strip', 'kiosk', 'player']))
  test('has a word for each', () => expect(Object.keys(players.one)).toEqual([...PAIRED_FACES]))
})
