/** A kiosk forgets everything when nobody touches it. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { useKiosk } from '../src/composables/useKiosk'
import { language, setLanguage } from '../src/i18n'
import type { OfferQueue } from '../src/wire/types'

const queue = { id: 'A', prefix: 'A', name: '综合受理', name_en: 'General', state: 'open' } as OfferQueue
const elder = { id: 'elder', name: '老年优先', name_en: 'Elderly' }
let bodies: Record<string, unknown>[]
let scope: ReturnType<typeof effectScope>
let kiosk: ReturnType<typeof useKiosk>

beforeEach(() => {
  vi.useFakeTimers()
  bodies = []
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    bodies.push(JSON.parse(String(init.body ?? '{}')))
    return new Response(JSON.stringify({ at: { epoch: 1, seq: 1 }, ticket: { id: 'key', number: 'A001' }, counter: null }), { status: 200 })
  })
  scope = effectScope()
  kiosk = scope.run(() => useKiosk({ hall: 'h', player: null, printer: false, large: false, sort: () => 'taken', classes: () => [elder], token: () => null }))!
})
afterEach(() => { scope.stop(); setLanguage('zh', false); vi.unstubAllGlobals(); vi.useRealTimers() })

describe('a kiosk', () => {
  test('takes a number in the visitor\'s language', async () => {
    setLanguage('en', false)
    await kiosk.choose(queue)
    expect(bodies).toEqual([{ do: 'issue', queue: 'A', channel: 'kiosk', language: 'en' }])
    expect(kiosk.page.value).toBe('done')
  })
  test('asks the priority class in large type, on a page of its own', async () => {
    kiosk.large.value = true
    await kiosk.choose(queue)
    expect(kiosk.page.value).toBe('classes')
    await kiosk.chooseClass(elder)
    expect(bodies[0]).toMatchObject({ priority: 'elder' })
    expect(kiosk.page.value).toBe('done')
  })
  test('goes on without a class when none applies', async () => {
    kiosk.large.value = true
    await kiosk.choose(queue)
    await kiosk.chooseClass(null)
    expect(bodies[0]).not.toHaveProperty('priority')
  })
  test('wipes the menus after ten seconds', () => {
    kiosk.go('queues')
    kiosk.wanted.value = 'SB'
    kiosk.priority.value = elder
    vi.advanceTimersByTime(9_000)
    expect(kiosk.page.value).toBe('queues')
    vi.advanceTimersByTime(2_000)
    expect([kiosk.page.value, kiosk.wanted.value, kiosk.priority.value]).toEqual(['home', '', null])
  })
  test('waits thirty seconds for somebody who types', () => {
    kiosk.go('queues')
    kiosk.keys.value = true
    vi.advanceTimersByTime(28_000)
    expect(kiosk.page.value).toBe('queues')
    vi.advanceTimersByTime(3_000)
    expect(kiosk.page.value).toBe('home')
  })
  test('a touch begins the countdown anew', () => {
    kiosk.go('queues')
    vi.advanceTimersByTime(8_000)
    window.dispatchEvent(new Event('pointerdown'))
    vi.advanceTimersByTime(8_000)
    expect(kiosk.page.value).toBe('queues')
  })
  test('wipes the number, and the language', async () => {
    setLanguage('en', false)
    await kiosk.choose(queue)
    vi.advanceTimersByTime(21_000)
    expect([kiosk.page.value, kiosk.ticket.value, language.value]).toEqual(['home', null, 'zh'])
  })
  test('another ticket keeps the way the page is read, and nothing else', async () => {
    kiosk.large.value = true
    kiosk.priority.value = elder
    await kiosk.choose(queue)
    kiosk.another()
    expect([kiosk.large.value, kiosk.priority.value, kiosk.ticket.value]).toEqual([true, null, null])
  })
  test('the first page stays as it is', () => {
    vi.advanceTimersByTime(600_000)
    expect(kiosk.left.value).toBeNull()
  })
})
