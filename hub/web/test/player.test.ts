/** Pages of players: they follow what the administrator changes, and show their code once they are taken back. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createApp, effectScope, type App, type Component } from 'vue'
import KioskPage from '../src/components/kiosk/KioskPage.vue'
import ScreenPage from '../src/components/screen/ScreenPage.vue'
import StripPage from '../src/components/strip/StripPage.vue'
import { useHall } from '../src/composables/useHall'
import { usePlayer } from '../src/composables/usePlayer'
import { keepPlayerToken } from '../src/wire/address'
import type { Player } from '../src/wire/types'
import { board, counter } from './board'
import { FakeSocket, welcome } from './socket'

/** Hello, welcome, board. */
function join(to: FakeSocket): void {
  to.onopen?.()
  to.say(welcome)
  to.say({ hall: 'h', board: board({ counters: ['1', '4'].map(it => counter(it)) }) })
}
const socket = () => FakeSocket.all.at(-1)!
const follows = () => socket().sent[0]?.hello.follow[0]

/** What the hub answers, by path; nothing is a 404. */
let answers: Record<string, unknown>
let asked: string[]
let app: App | undefined
const settled = () => vi.advanceTimersByTimeAsync(20)
const text = () => document.body.textContent?.replace(/\s+/g, ' ') ?? ''

const player = (more: Partial<Player> = {}): Player => ({ id: 'p', face: 'strip', hall: 'h', zones: [], counter: '1', settings: {}, ...more })
const queue = { id: 'A', prefix: 'A', name: '综合受理', name_en: 'General', department: null, zones: [], letters: ['ZHSL'], pinyin: [], taken: 1, waiting: 0, state: 'open', opens_at: null, quota_left: null, estimate: null, counters: ['1'], matters: [] }
const offer = { hall: { id: 'h', name: '大厅', name_en: 'Hall', site: 's', site_en: 's' }, departments: [], queues: [queue], classes: [], sort: 'taken' }

async function open(page: Component, at: string): Promise<void> {
  history.replaceState(null, '', at)
  document.body.innerHTML = '<div id="app"></div>'
  app = createApp(page)
  app.mount('#app')
  await settled()
}

beforeEach(() => {
  vi.useFakeTimers()
  FakeSocket.all = []
  asked = []
  answers = { '/pairings': { code: 'WDU8DT', secret: 's', expires_at: '2099-01-01T00:00:00Z' }, '/pairings/mine': { state: 'waiting' }, '/halls/h/offer?player=p': offer }
  keepPlayerToken('p', 'secret')
  Object.defineProperty(document, 'fonts', { value: { ready: Promise.resolve() }, configurable: true })
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.stubGlobal('fetch', async (url: string) => {
    const path = url.replace(/^.*\/api\/v1/, '')
    asked.push(path)
    const answer = answers[path]
    return answer ? new Response(JSON.stringify(answer), { status: 200 }) : new Response('{"status":404}', { status: 404 })
  })
})
afterEach(() => {
  app?.unmount()
  app = undefined
  localStorage.clear()
  history.replaceState(null, '', '/')
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('a strip', () => {
  const at = '/strip/1?hall=h&player=p'
  const shown = () => document.querySelector('.no .num')?.textContent

  test('that was moved follows at once, whatever its address says, and never looks as if it were cut off', async () => {
    answers['/players/p'] = player()
    await open(StripPage, at)
    join(socket())
    await settled()
    expect([shown(), follows()?.counters]).toEqual(['1', ['1']])

    answers['/players/p'] = player({ counter: '4' })
    socket().onclose?.({ code: 4000 })
    await settled()
    expect([follows(), document.querySelector('.sp.lost')]).toEqual([undefined, null])
    join(socket())
    await settled()
    expect([shown(), follows()?.counters]).toEqual(['4', ['4']])
  })
  test('whose settings alone changed stays as it is meanwhile', async () => {
    answers['/players/p'] = player()
    await open(StripPage, at)
    join(socket())
    await settled()
    answers['/players/p'] = player({ settings: { theme: 'light' } })
    socket().onclose?.({ code: 4000 })
    await settled()
    expect(document.documentElement.classList.contains('light')).toBe(true)
    expect(document.querySelector('.sp.lost')).toBeNull()
    await vi.advanceTimersByTimeAsync(1_500)
    join(socket())
    await vi.advanceTimersByTimeAsync(10_000)
    expect(document.querySelector('.sp.lost')).toBeNull()
  })
  test('notices within five minutes by itself', async () => {
    answers['/players/p'] = player()
    await open(StripPage, at)
    answers['/players/p'] = player({ counter: '4' })
    await vi.advanceTimersByTimeAsync(300_500)
    join(socket())
    await settled()
    expect(shown()).toBe('4')
  })
  test('that was taken back shows its code, also after a reload, and is nobody else\'s strip', async () => {
    answers['/players/p'] = player()
    answers['/halls/h/board'] = board()
    await open(StripPage, at)
    join(socket())
    delete answers['/players/p']
    socket().onclose?.({ code: 4501 })
    await settled()
    expect(text()).toContain('WDU8DT')
    app?.unmount()
    await open(StripPage, at)
    expect(text()).toContain('WDU8DT')
    expect(asked).not.toContain('/halls/h/board')
  })
  test('that was never paired still runs in any browser', async () => {
    answers['/halls/h/board'] = board()
    await open(StripPage, '/strip/1?hall=h')
    join(socket())
    await settled()
    expect(shown()).toBe('1')
  })
})

test('a hall screen takes its new zones and colours', async () => {
  answers['/players/p'] = player({ face: 'screen', counter: null })
  await open(ScreenPage, '/screen/p')
  join(socket())
  await settled()
  expect(document.documentElement.className).toContain('dark')
  answers['/players/p'] = player({ face: 'screen', counter: null, zones: ['z'], settings: { theme: 'light' } })
  socket().onclose?.({ code: 4000 })
  await settled()
  join(socket())
  await settled()
  expect(follows()?.zones).toEqual(['z'])
  expect(document.documentElement.className).toContain('light')
})

test('a kiosk that was taken back shows its code by itself', async () => {
  answers['/players/p'] = player({ face: 'kiosk', counter: null })
  await open(KioskPage, '/kiosk?player=p')
  join(socket())
  await settled()
  expect(text()).toContain('综合受理')
  delete answers['/players/p']
  socket().onclose?.({ code: 4501 })
  await settled()
  expect(document.querySelector('.pa .code')?.getAttribute('aria-label')).toContain('W D U 8 D T')
})

describe('the link of a player', () => {
  function followed(again?: () => void) {
    const scope = effectScope()
    const hall = scope.run(() => useHall({ hall: 'h', face: 'strip', ...(again ? { again } : {}) }))!
    join(socket())
    return { hall, stop: () => scope.stop() }
  }
  test('is spared the mark for a moment when the hub sends it away to come back, and no longer', () => {
    const again = vi.fn()
    const { hall, stop } = followed(again)
    expect(again).not.toHaveBeenCalled()
    socket().onclose?.({ code: 4000 })
    expect([hall.live.value, hall.state.value, again.mock.calls.length]).toEqual([true, 'lost', 1])
    vi.advanceTimersByTime(3_100)
    expect(hall.live.value).toBe(false)
    join(socket())
    // What it resumed from is complete after a moment of quiet.
    vi.advanceTimersByTime(500)
    expect([hall.live.value, again.mock.calls.length]).toEqual([true, 2])
    socket().onclose?.({ code: 1006 })
    expect(hall.live.value).toBe(false)
    stop()
  })
  test('of staff says so at once: they press keys', () => {
    const { hall, stop } = followed()
    socket().onclose?.({ code: 4000 })
    expect(hall.live.value).toBe(false)
    stop()
  })
})

test('only the latest answer about a player counts', async () => {
  const waiting: ((it: Player) => void)[] = []
  vi.stubGlobal('fetch', () => new Promise<Response>(done => waiting.push(it => done(new Response(JSON.stringify(it), { status: 200 })))))
  const scope = effectScope()
  const mine = scope.run(() => usePlayer('p'))!
  void mine.read()
  waiting[1]?.(player({ counter: '4' }))
  await settled()
  waiting[0]?.(player({ counter: '1' }))
  await settled()
  expect(mine.player.value?.counter).toBe('4')
  scope.stop()
})
