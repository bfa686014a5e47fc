/** What stands on faces because a voice says it: for as long as it does, and no longer. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createApp, effectScope, type App, type EffectScope } from 'vue'
import { emergencyLines, emergencySize, englishSize } from '../src/components/screen/emergency'
import ScreenPage from '../src/components/screen/ScreenPage.vue'
import StripPage from '../src/components/strip/StripPage.vue'
import { beganOf } from '../src/composables/usePageVoice'
import { useSpoken } from '../src/composables/useSpoken'
import { keepPlayerToken } from '../src/wire/address'
import type { Board, Notice, Voice } from '../src/wire/types'
import { board, call, counter, ticket } from './board'
import { FakeSocket } from './socket'

const NOW = Date.parse('2025-11-24T10:00:00Z')
const iso = (ms: number) => new Date(NOW + ms).toISOString()
const notice = (id: string, more: Partial<Notice> = {}): Notice => ({ id, text: `通知${id}`, zones: [], until: iso(5_000), ...more })
const began = (of: object, from: number, until: number): Voice => ({ began: { speaker: 's', zones: [], begins: iso(from), ends: iso(until), ...of } })

beforeEach(() => { vi.useFakeTimers(); vi.setSystemTime(NOW) })
afterEach(() => { vi.unstubAllGlobals(); vi.useRealTimers() })

describe('what is said now', () => {
  let scope: EffectScope
  let held: Board
  const started: [number, number][] = []
  const make = () => scope.run(() => useSpoken({ board: () => held, began: (ref, lasts) => started.push([ref, lasts]) }))!
  beforeEach(() => { scope = effectScope(); held = board({ notices: [notice('a')] }); started.length = 0 })
  afterEach(() => scope.stop())

  test('a ticket is said from its first sound to its last', () => {
    const spoken = make()
    spoken.heard(began({ ticket: 7 }, 300, 4_300))
    expect([spoken.isSaid(7), started]).toEqual([false, []])
    vi.advanceTimersByTime(400)
    expect([spoken.isSaid(7), spoken.isSaid(8), started]).toEqual([true, false, [[7, 4_000]]])
    vi.advanceTimersByTime(4_100)
    expect(spoken.isSaid(7)).toBe(false)
  })
  test('a message that comes when all is over changes nothing', () => {
    const spoken = make()
    spoken.heard(began({ ticket: 7 }, -9_000, -4_000))
    expect([spoken.isSaid(7), started]).toEqual([false, []])
  })
  test('an announcement stands as long as it sounds, also after its time', () => {
    const spoken = make()
    spoken.heard(began({ announcement: 'a' }, 0, 9_000))
    held = board({ notices: [] })
    vi.advanceTimersByTime(8_500)
    expect(spoken.notices.value.map(it => it.id)).toEqual(['a'])
    vi.advanceTimersByTime(1_000)
    expect(spoken.notices.value).toEqual([])
  })
  test('one that is not said goes with its time', () => {
    const spoken = make()
    expect(spoken.notices.value).toHaveLength(1)
    vi.advanceTimersByTime(5_250)
    expect(spoken.notices.value).toEqual([])
  })
  test('one that is withdrawn is gone at once', () => {
    const spoken = make()
    spoken.heard(began({ announcement: 'a' }, 0, 9_000))
    held = board({ notices: [] })
    spoken.forget('a')
    vi.advanceTimersByTime(300)
    expect(spoken.notices.value).toEqual([])
  })
  test('the hub is told what begins in its own words', () => {
    const it = { about: { announcement: 'n' }, zones: ['e'], begins: NOW, ends: NOW + 2_000 }
    expect(beganOf('s', it)).toEqual({ speaker: 's', announcement: 'n', zones: ['e'], begins: iso(0), ends: iso(2_000) })
    expect(beganOf('s', { ...it, about: { ticket: 4, counter: '1' } })).toMatchObject({ ticket: 4 })
  })
})

describe('the words of an emergency', () => {
  test('Chinese large, English beneath; English alone is not small', () => {
    expect(emergencyLines('二楼发生火情\n请离开\nFire on floor 2.\nLeave now.')).toEqual({ zh: ['二楼发生火情', '请离开'], en: 'Fire on floor 2. Leave now.' })
    expect(emergencyLines('二楼发生火情，请从最近的出口离开，不要乘坐电梯。').zh).toEqual(['二楼发生火情', '请从最近的出口离开', '不要乘坐电梯'])
    expect(emergencyLines('Fire on floor 2')).toEqual({ zh: ['Fire on floor 2'], en: '' })
  })
  test('the longer, the smaller, and never too small to read', () => {
    const sizes = [5, 50, 100, 200, 300, 500].map(count => emergencySize(['字'.repeat(count)]))
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
    expect([sizes[0], sizes[5]]).toEqual([1.24, 0.36])
  })
  test('upright a short clause is not broken', () => {
    const { zh } = emergencyLines('二楼发生火情，请从最近的出口离开，不要乘坐电梯。')
    expect(emergencySize(zh, true) * 9).toBeLessThanOrEqual(9.5)
    expect(emergencySize(['火'], true)).toBe(1.16)
  })
  test('long English beneath takes room from the Chinese, so that neither is cut', () => {
    const [zh, en] = [['字'.repeat(200)], 'word '.repeat(24)]
    for (const upright of [false, true]) expect(emergencySize(zh, upright, en)).toBeLessThan(emergencySize(zh, upright))
    expect([englishSize(1.24), englishSize(0.44), englishSize(0.36)]).toEqual([0.52, 0.33, 0.32])
    expect(emergencySize(['请立即离开'], false, 'Leave now.')).toBe(1.24)
  })
  test('upright a long text uses the height that lying it has not', () => {
    for (const count of [200, 300, 500]) expect(emergencySize(['字'.repeat(count)], true)).toBeGreaterThan(emergencySize(['字'.repeat(count)]))
  })
})

describe('on a face', () => {
  let app: App | undefined
  const settled = () => vi.advanceTimersByTimeAsync(20)
  const text = () => document.body.textContent?.replace(/\s+/g, ' ') ?? ''
  const socket = () => FakeSocket.all.at(-1)!
  const called = ticket(7, { state: 'called', counter: '1' })
  const hall = (more: Partial<Board> = {}) => board({ tickets: [called], calls: [call(7, '1')], counters: [counter('1', { state: 'calling', ticket: 7 })], ...more })

  async function open(page: typeof ScreenPage, at: string, of: Board): Promise<void> {
    history.replaceState(null, '', at)
    document.body.innerHTML = '<div id="app"></div>'
    app = createApp(page)
    app.mount('#app')
    await settled()
    socket().onopen?.()
    socket().say({ welcome: { now: iso(0), heartbeat_s: 15, retry: { min_s: 1, max_s: 8 } } })
    socket().say({ hall: 'h', board: of })
    await settled()
  }
  let posted: [string, unknown][]
  let speakers: object[]
  beforeEach(() => {
    FakeSocket.all = []
    posted = []
    speakers = []
    keepPlayerToken('p', 'secret')
    Object.defineProperty(document, 'fonts', { value: { ready: Promise.resolve() }, configurable: true })
    vi.stubGlobal('WebSocket', FakeSocket)
    vi.stubGlobal('fetch', async (url: string, how: { method: string; body?: string }) => {
      const path = url.replace(/^.*\/api\/v1/, '')
      if (how.method === 'POST') { posted.push([path, JSON.parse(how.body ?? '{}')]); return new Response(null, { status: 204 }) }
      if (path === '/players/p') return new Response(JSON.stringify({ id: 'p', face: 'screen', hall: 'h', zones: [], counter: '1', settings: {}, speakers, time_zone: 'Asia/Shanghai' }))
      return new Response('{"status":404}', { status: 404 })
    })
  })
  afterEach(() => { app?.unmount(); app = undefined; localStorage.clear(); history.replaceState(null, '', '/') })

  test('a hall without speakers tells nobody to listen; with them it is said while a voice is heard', async () => {
    await open(ScreenPage, '/screen/p', hall())
    expect(text()).not.toMatch(/播报|广播/)
    socket().say({ hall: 'h', voice: began({ ticket: 7 }, 0, 3_000) })
    await settled()
    expect(text()).toContain('正在播报')
    await vi.advanceTimersByTimeAsync(3_300)
    expect(text()).not.toContain('正在播报')
  })
  test('only where calls are said aloud a screen tells those who wait to listen', async () => {
    const empty = board()
    await open(ScreenPage, '/screen/p', empty)
    expect(text()).not.toContain('听广播')
    app?.unmount()
    await open(ScreenPage, '/screen/p', { ...empty, hall: { ...empty.hall, speaks: true } })
    expect(text()).toContain('看屏幕，听广播')
  })
  test('a screen that is a speaker asks to be touched, and says of itself that nobody has', async () => {
    class Silent { state = 'suspended'; currentTime = 0; sampleRate = 8_000; destination = {}; onstatechange = null; resume = async () => undefined; close = async () => undefined; createBuffer = () => ({ copyToChannel: () => undefined, numberOfChannels: 0 }) }
    vi.stubGlobal('AudioContext', Silent)
    speakers = [{ id: 's', name: '屏', name_en: '', zones: [], player: 'p', output: 'page', device: '', kind: 'hall', gain_db: 0, levels: [], floor_db: -24 }]
    await open(ScreenPage, '/screen/p', hall())
    expect(text()).toContain('点一下屏幕，允许播报声音')
    expect(posted.find(([path]) => path === '/players/p/report')?.[1]).toMatchObject({ speakers: [{ id: 's', state: 'untouched' }] })
  })
  test('an emergency takes the whole screen, with the call that is awaited at its foot, until it is withdrawn', async () => {
    await open(ScreenPage, '/screen/p', hall({ notices: [notice('e', { text: '请从最近的出口离开', emergency: true, until: iso(60_000) }), notice('b', { text: '平常的事', until: iso(60_000) })] }))
    expect([text().includes('请从最近的出口离开'), text().includes('平常的事'), !!document.querySelector('.em'), !!document.querySelector('.main')]).toEqual([true, false, true, false])
    expect(document.querySelector('.em .f')?.textContent).toContain('A007')
    socket().say({ hall: 'h', at: { epoch: 1, seq: 1 }, frame: { withdrawn: { id: 'e', time: iso(1_000) } } })
    await settled()
    expect([!!document.querySelector('.em'), text().includes('平常的事')]).toEqual([false, true])
  })
  test('what is said by hand is read whole, page by page, beside whatever the sound mark says', async () => {
    const words = `${'请持号访客到咨询台领取材料，'.repeat(8)}谢谢`
    await open(ScreenPage, '/screen/p', hall({ notices: [notice('b', { text: words, until: iso(60_000) })] }))
    const caption = document.querySelector('.capt')!
    const seen = new Set<string>()
    for (let n = 0; n < 3; n += 1) { seen.add(caption.querySelector('p')!.textContent!); await vi.advanceTimersByTimeAsync(8_000) }
    expect([...seen].join('')).toBe(words)
    expect([document.querySelector('.hs-ticker'), document.querySelector('.capt .smark')]).toEqual([null, null])
    socket().say({ hall: 'h', at: { epoch: 1, seq: 1 }, frame: { withdrawn: { id: 'b', time: iso(30_000) } } })
    await settled()
    expect([document.querySelector('.capt'), !!document.querySelector('.hs-ticker')]).toEqual([null, true])
  })
  test('a strip is red, and takes turns with a call', async () => {
    await open(StripPage as typeof ScreenPage, '/strip/1?hall=h&player=p', hall({ notices: [notice('e', { text: '请离开大厅', emergency: true, until: iso(60_000) })] }))
    const seen = new Set<string>()
    for (let n = 0; n < 4; n += 1) { seen.add(document.querySelector('.sp')!.className.includes('alarm') ? 'alarm' : 'call'); await vi.advanceTimersByTimeAsync(6_000) }
    expect([...seen].sort()).toEqual(['alarm', 'call'])
  })
})
