/** An emergency on every face of the place it reaches, and what the wall may say of who has said it. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createApp, defineComponent, h, type App, type Component } from 'vue'
import KioskFace from '../src/components/kiosk/KioskFace.vue'
import UrgentBar from '../src/components/parts/UrgentBar.vue'
import TicketPage from '../src/components/ticket/TicketPage.vue'
import SentLine from '../src/components/wall/SentLine.vue'
import UrgentLine from '../src/components/wall/UrgentLine.vue'
import { BEGINS_WITHIN_MS } from '../src/composables/useOutgoing'
import { reaches } from '../src/composables/useUrgent'
import { useWall, type WallView } from '../src/composables/useWall'
import type { Notice } from '../src/wire/types'
import { board, queue } from './board'
import { FakeSocket } from './socket'

const NOW = Date.parse('2025-11-24T10:00:00Z')
const iso = (ms: number) => new Date(NOW + ms).toISOString()
const fire = (more: Partial<Notice> = {}): Notice => ({ id: 'e', text: '二楼发生火情，请从南门离开', zones: [], until: iso(60_000), emergency: true, ...more })
const ticket = { id: 'abc', ref: 4, number: 'A004', queue: 'A', state: 'waiting', ahead: 2, estimate: null, zones: ['east'], issued_at: iso(-60_000), hall: 'h', calls: [], counters: [] }
const offer = { hall: { id: 'h', name: '大厅', name_en: 'Hall', site: '中心', site_en: 'Centre', time_zone: 'Asia/Shanghai' }, departments: [], classes: [], sort: 'taken', queues: [{ ...queue('A'), letters: ['A'], pinyin: [], taken: 1, opens_at: null, quota_left: null, counters: ['1'], matters: [], needs_visitor: false }] }
const screen = (id: string, more: object = {}) => ({ id, name: `屏${id}`, face: 'screen', hall: 'h', zones: [], counter: null, settings: {}, online: true, last_seen: null, version: null, paired_at: null, ...more })
const speaker = (id: string, zones: string[] = []) => ({ id, name: `音箱${id}`, name_en: id, zones, player: 'p', output: 'device' })

let app: App | undefined
let answers: Record<string, unknown>
const socket = () => FakeSocket.all.at(-1)!
const settled = (ms = 20) => vi.advanceTimersByTimeAsync(ms)
const text = (of: string) => document.querySelector(of)?.textContent?.replace(/\s+/g, ' ').trim() ?? ''
const red = () => text('[data-part=emergency]')

beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime(NOW)
  FakeSocket.all.length = 0
  vi.stubGlobal('WebSocket', FakeSocket)
  answers = { '/halls/h/offer': offer, '/tickets/abc': ticket, '/halls/h/setup': { zones: [], speakers: [speaker('1')] } }
  vi.stubGlobal('fetch', async (path: string) => {
    const body = answers[String(path).replace('/api/v1', '').replace(/\?.*/, '')]
    return new Response(JSON.stringify(body ?? { rows: [] }), { status: body === null ? 403 : 200 })
  })
})
afterEach(() => { app?.unmount(); app = undefined; vi.unstubAllGlobals(); vi.useRealTimers() })

async function open(page: Component, props: Record<string, unknown>, said: object): Promise<void> {
  document.body.innerHTML = '<div id="app"></div>'
  app = createApp({ render: () => h(page, props) })
  app.mount('#app')
  await settled()
  socket().onopen?.()
  socket().say({ welcome: { now: iso(0), heartbeat_s: 15, retry: { min_s: 1, max_s: 8 } } })
  socket().say({ hall: 'h', ...said })
  await settled()
}

describe('whom it reaches', () => {
  test('the whole hall, the zone it is for, and whatever is in no zone', () => {
    expect([reaches(fire(), ['east']), reaches(fire({ zones: ['east'] }), ['east', 'west']), reaches(fire({ zones: ['west'] }), ['east']), reaches(fire({ zones: ['west'] }), [])]).toEqual([true, true, false, true])
  })
})

describe('a kiosk', () => {
  const kiosk = (notices: Notice[]) => open(KioskFace, { place: 'h', player: null, token: null, mayGive: true }, { board: board({ notices }) })
  test('is red as a whole, gives no number meanwhile, and comes back by itself', async () => {
    await kiosk([fire()])
    expect(red()).toContain('请从南门离开')
    expect(red()).toContain('现在不能取号')
    expect(document.querySelectorAll('button, a')).toHaveLength(0)
    socket().say({ hall: 'h', at: { epoch: 1, seq: 1 }, frame: { withdrawn: { id: 'e', time: iso(1_000) } } })
    await settled()
    expect([red(), document.querySelectorAll('button').length > 0]).toEqual(['', true])
  })
  test('says nothing of what is no emergency, or over', async () => {
    await kiosk([fire({ emergency: false }), fire({ id: 'o', until: iso(2_000) })])
    expect(red()).toContain('请从南门离开')
    await settled(3_000)
    expect(red()).toBe('')
  })
})

describe('a phone', () => {
  const mine = (notices: Notice[]) => ({ mine: { ...ticket, counter: null, stage: null, times: 0, defer: null, notices } })
  async function phone(notices: Notice[]): Promise<void> {
    history.replaceState(null, '', '/t/abc')
    await open(TicketPage, {}, mine(notices))
  }
  test('bears it above everything, whole, and keeps the number', async () => {
    await phone([fire({ zones: ['east'] })])
    expect(red()).toContain('二楼发生火情，请从南门离开')
    expect(red()).toContain('您的号码仍然有效')
    expect(document.querySelector('.ph')!.firstElementChild?.className).toBe('ub')
    expect(document.body.textContent).toContain('A004')
    socket().say({ hall: 'h', ...mine([]) })
    await settled()
    expect(red()).toBe('')
  })
  test('of another zone does not', async () => {
    await phone([fire({ zones: ['west'] })])
    expect(red()).toBe('')
  })
  test('whose ticket is over drops it: nobody would say when it ends', async () => {
    await phone([fire()])
    expect(red()).not.toBe('')
    socket().onclose?.({ code: 4503 })
    await settled()
    expect(red()).toBe('')
  })
})

describe('a bar', () => {
  test('shows the newest first, each until its time', async () => {
    document.body.innerHTML = '<div id="app"></div>'
    app = createApp({ render: () => h(UrgentBar, { notices: [fire(), fire({ id: 'n', text: null })], zone: 'Asia/Shanghai' }) })
    app.mount('#app')
    expect([...document.querySelectorAll('.ub li')].map(it => it.textContent)).toEqual(['紧急通知请听从工作人员安排显示到 18:01', '紧急通知二楼发生火情，请从南门离开显示到 18:01'])
  })
})

describe('the wall', () => {
  let wall: WallView
  const page = defineComponent({ setup: () => { wall = useWall(() => 'h'); return () => [h(UrgentLine), h(SentLine, { seq: 1, heard: true, class: 'first' }), h(SentLine, { seq: 1, heard: false, class: 'second' })] } })
  const announced = { announced: { id: 'e', text: '请离开', zones: ['east'], speakers: [], time: iso(0), until: iso(60_000), emergency: true } }
  const began = (id: string) => socket().say({ hall: 'h', voice: { began: { speaker: id, announcement: 'e', zones: [], begins: iso(0), ends: iso(9_000) } } })
  async function opened(notices: Notice[] = []): Promise<void> {
    answers['/halls/h/setup'] = { zones: [{ id: 'east', name: '东侧', name_en: 'East' }], speakers: [speaker('1', ['east']), speaker('2'), speaker('3', ['west'])] }
    answers['/players'] = { rows: [screen('1', { online: false }), screen('2'), screen('3', { online: false, zones: ['west'] })] }
    await open(page, {}, { board: board({ notices }) })
    await settled(200)
  }
  test('names the devices that are away, and the speakers of its zone that have not said it once they had the time', async () => {
    await opened()
    socket().say({ hall: 'h', at: { epoch: 1, seq: 1 }, frame: announced })
    await settled()
    expect(red()).toContain('东侧')
    expect(red()).toContain('没有连上，看不到：屏1')
    expect(red()).not.toContain('屏3')
    expect(red()).not.toContain('播出')
    began('1')
    await settled(BEGINS_WITHIN_MS + 1_000)
    expect(red()).toContain('1 只扬声器已播出')
    expect(red()).toContain('没有播出：音箱2')
    expect(red()).not.toContain('音箱3')
    expect(wall.outgoing.bySeq(1)?.begun).toEqual(['1'])
  })
  test('a broadcast is said by as many as tell it, and by none once they had the time', async () => {
    await opened()
    socket().say({ hall: 'h', at: { epoch: 1, seq: 1 }, frame: announced })
    await settled()
    expect([text('.first'), text('.second')]).toEqual(['已送到屏幕，等扬声器播出', '已送到屏幕'])
    await settled(BEGINS_WITHIN_MS + 1_000)
    expect(text('.first')).toBe('没有扬声器播出，文字在屏幕上')
    began('1')
    began('1')
    began('2')
    await settled()
    expect(text('.first')).toBe('2 只扬声器已播出')
  })
  test('claims nothing of speakers where it did not see the emergency go out, nor of devices it may not know', async () => {
    answers['/players'] = null
    await open(page, {}, { board: board({ notices: [fire()] }) })
    await settled(BEGINS_WITHIN_MS + 1_000)
    expect(red()).toContain('整个大厅')
    expect(red()).not.toMatch(/播出|没有连上/)
  })
})
