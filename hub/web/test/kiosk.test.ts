/** A kiosk forgets everything when nobody touches it. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useKiosk } from '../src/composables/useKiosk'
import { language, setLanguage } from '../src/i18n'
import { isForDesk, isOpen } from '../src/components/kiosk/search'
import { opensLine, refusedLine, shutWords, waitLine } from '../src/components/kiosk/waits'
import { Problem } from '../src/wire/problem'
import type { OfferQueue } from '../src/wire/types'

const queue = { id: 'A', prefix: 'A', name: '综合受理', name_en: 'General', state: 'open', counters: ['1'] as string[], needs_visitor: false } as OfferQueue
const elder = { id: 'elder', name: '老年优先', name_en: 'Elderly' }
let bodies: Record<string, unknown>[]
let scope: ReturnType<typeof effectScope>
let kiosk: ReturnType<typeof useKiosk>
const begins = ref(false)

beforeEach(() => {
  vi.useFakeTimers()
  bodies = []
  begins.value = false
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    bodies.push(JSON.parse(String(init.body ?? '{}')))
    return new Response(JSON.stringify({ at: { epoch: 1, seq: 1 }, ticket: { id: 'key', number: 'A001' }, counter: null }), { status: 200 })
  })
  scope = effectScope()
  kiosk = scope.run(() => useKiosk({ hall: 'h', player: null, printer: () => false, large: () => begins.value, sort: () => 'taken', classes: () => [elder], token: () => null }))!
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
  test('begins as its settings say, also when they change while nobody stands there', async () => {
    begins.value = true
    await nextTick()
    expect(kiosk.large.value).toBe(true)
    kiosk.go('queues')
    begins.value = false
    await nextTick()
    expect(kiosk.large.value).toBe(true)
    kiosk.wipe()
    expect(kiosk.large.value).toBe(false)
  })
  test('a class that was chosen goes with the visitor who went back, and with the one who left', async () => {
    kiosk.go('classes')
    await kiosk.chooseClass(elder)
    kiosk.back()
    expect([kiosk.page.value, kiosk.priority.value]).toEqual(['home', null])
    await kiosk.choose(queue)
    expect(bodies[0]).not.toHaveProperty('priority')
    kiosk.wipe()
    kiosk.priority.value = elder
    vi.advanceTimersByTime(11_000)
    expect(kiosk.priority.value, 'also where it stayed on the first page').toBeNull()
  })
  test('the first page stays as it is', () => {
    vi.advanceTimersByTime(600_000)
    expect(kiosk.left.value).toBeNull()
  })
})

describe('a queue at the kiosk', () => {
  const waits = (p50_s: number, p90_s: number) => waitLine({ ...queue, waiting: 8, opens_at: null, estimate: { p50_s, p90_s } }).map(line => line.replace(/\u00a0/g, '_'))
  test('tells a short wait in one line, and breaks a long one between its bounds only', () => {
    expect(waits(600, 1_080)).toEqual(['8 人 · 约 10–18_分'])
    expect(waits(2_150, 3_850)).toEqual(['8 人', '约 35_分_– 1_小时_5_分'])
  })
  const refused = new Problem({ status: 409, code: 'outside_hours' })
  const onHold = new Problem({ status: 409, code: 'queue_frozen' })
  const frozen = { ...queue, state: 'frozen', opens_at: null } as OfferQueue
  test('that was put on hold says so, in both languages', () => {
    expect(refusedLine('zh', onHold, frozen, undefined)).toBe('综合受理：暂停取号，请选别的业务，或到咨询台')
    expect(refusedLine('en', onHold, frozen, undefined)).toBe('General: On hold; please choose another service or ask at the desk')
  })
  test('that is closed says when it opens', () =>
    expect(refusedLine('en', refused, { ...queue, state: 'closed', opens_at: '2035-11-25T01:00:00Z' } as OfferQueue, 'Asia/Shanghai')).toBe('General: Closed now; from Sun 25 Nov 09:00'))
  test('that goes on again meanwhile still says what stood in the way', () =>
    expect(refusedLine('zh', onHold, { ...queue, opens_at: null } as OfferQueue, undefined)).toBe('这项业务暂停取号和叫号，请咨询工作人员'))
  test('names the weekday of an opening within the week, and the date of a later one', () => {
    vi.setSystemTime(new Date('2025-11-23T14:39:00Z'))
    const shut = (opens_at: string) => waitLine({ ...queue, state: 'closed', opens_at }, 'Asia/Shanghai')
    expect(shut('2025-11-24T01:00:00Z')).toEqual(['未到取号时间', '周一 09:00 开始'])
    expect(shut('2025-11-23T15:30:00Z')).toEqual(['未到取号时间', '23:30 开始'])
    expect(shut('2025-11-29T01:00:00Z')[1]).toBe('周六 09:00 开始')
    expect(shut('2025-11-30T01:00:00Z')[1]).toBe('11月30日 星期日 09:00 开始')
    setLanguage('en', false)
    expect(shut('2025-11-24T01:00:00Z')).toEqual(['Closed now', 'from Mon 09:00'])
  })
  test('for visitors who are known is not offered, and sends to the desk', () => {
    const known = { ...queue, waiting: 0, needs_visitor: true, opens_at: null } as OfferQueue
    expect([isOpen(known), isForDesk(known), isForDesk(queue)]).toEqual([false, true, false])
    expect(waitLine(known)).toEqual(['需要登记，请到咨询台取号'])
    expect([shutWords(known).zh, opensLine(known, undefined)]).toEqual(['需要登记', '请到咨询台取号'])
    // Outside its hours nobody gets a number there either.
    const shut = { ...known, state: 'closed', opens_at: null } as OfferQueue
    expect([isOpen(shut), isForDesk(shut), waitLine(shut)[0]]).toEqual([false, false, '未到取号时间'])
  })
  test('never speaks of marked places: nothing is typed at a kiosk', () => {
    const bad = new Problem({ status: 422, code: 'bad_input', errors: [{ field: 'visitor', why: 'missing' }] as never })
    expect(refusedLine('zh', bad, queue, undefined)).toBe('这项业务不能在这台机器上取号，请到咨询台')
    expect(refusedLine('en', bad, queue, undefined)).toBe('No number for this can be taken here; please ask at the desk')
  })
  test('leaves other refusals as they are', () => {
    expect(refusedLine('en', new Problem({ status: 409, code: 'hall_full' }), frozen, undefined)).toBe('The hall is full; please come back later')
    expect(refusedLine('zh', refused, { ...queue, opens_at: null } as OfferQueue, undefined)).toBe('现在不在取号时间')
  })
  test('that no counter serves is closed, says so, and promises no time', () => {
    const alone = { ...queue, counters: [], waiting: 0, opens_at: '2035-11-25T01:00:00Z' } as unknown as OfferQueue
    expect([isOpen(alone), isOpen(queue)]).toEqual([false, true])
    expect(waitLine(alone)).toEqual(['暂无窗口办理'])
    expect(shutWords({ ...alone, state: 'closed' }).zh).toBe('暂无窗口办理')
    expect(opensLine(alone, 'Asia/Shanghai')).toBe('急事请到咨询台')
  })
})
