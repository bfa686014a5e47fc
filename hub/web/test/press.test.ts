import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { usePress } from '../src/composables/usePress'

type Reply = { status: number; body?: unknown } | 'lost'
let replies: Reply[]
let asked: { key: string; body: { do: string } }[]
let scope: EffectScope
const answer = { at: { epoch: 1, seq: 9 }, ticket: null, counter: null }

beforeEach(() => {
  vi.useFakeTimers()
  sessionStorage.clear()
  replies = []
  asked = []
  scope = effectScope()
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    asked.push({ key: (init.headers as Record<string, string>)['Idempotency-Key']!, body: JSON.parse(String(init.body)) })
    const reply = replies.shift() ?? { status: 200, body: answer }
    if (reply === 'lost') throw new TypeError('network')
    return new Response(JSON.stringify(reply.body ?? { status: reply.status, code: 'x' }), { status: reply.status })
  })
})
afterEach(() => { scope.stop(); vi.useRealTimers(); vi.unstubAllGlobals() })

const press = () => scope.run(() => usePress({ hall: () => 'h' }))!

describe('a press', () => {
  test('is sent once and answered', async () => {
    const it = press()
    expect(await it.run({ do: 'call_next', counter: '3' })).toEqual(answer)
    expect(asked).toHaveLength(1)
    expect(it.state.value).toBe('idle')
  })
  test('a second one while the first is under way does nothing', async () => {
    const it = press()
    const first = it.run({ do: 'call_next', counter: '3' })
    expect(await it.run({ do: 'call_next', counter: '3' })).toBeNull()
    await first
    expect(asked).toHaveLength(1)
  })
  test('a refusal is said and nothing is kept', async () => {
    const it = press()
    replies = [{ status: 409, body: { status: 409, code: 'nobody_waiting' } }]
    expect(await it.run({ do: 'call_next', counter: '3' })).toBeNull()
    expect(it.problem.value?.code).toBe('nobody_waiting')
    expect(it.state.value).toBe('idle')
    expect(sessionStorage.length).toBe(0)
  })
  test('whose answer got lost is sent again with the same key, and only until it is answered', async () => {
    const it = press()
    replies = ['lost', { status: 503 }, { status: 200, body: answer }]
    expect(await it.run({ do: 'finish', counter: '3' }, 'A023')).toBeNull()
    expect(it.state.value).toBe('unconfirmed')
    expect(it.kept.value).toMatchObject({ number: 'A023', command: { do: 'finish' } })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(it.state.value).toBe('idle')
    expect(asked).toHaveLength(3)
    expect(new Set(asked.map(a => a.key)).size).toBe(1)
  })
  test('is settled at once when the hub is back', async () => {
    const it = press()
    replies = ['lost']
    await it.run({ do: 'finish', counter: '3' })
    it.resume()
    await vi.advanceTimersByTimeAsync(0)
    expect(it.state.value).toBe('idle')
    expect(asked).toHaveLength(2)
  })
  test('survives a reload with its key', async () => {
    replies = ['lost', 'lost']
    await press().run({ do: 'finish', counter: '3' })
    scope.stop()
    scope = effectScope()
    const again = press()
    expect(again.state.value).toBe('unconfirmed')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(again.state.value).toBe('idle')
    expect(new Set(asked.map(a => a.key)).size).toBe(1)
  })
  test('of another hall, or from yesterday, is not sent', () => {
    sessionStorage.setItem('hallcast.press', JSON.stringify({ hall: 'other', command: { do: 'finish' }, key: 'k', number: null, at: Date.now() }))
    expect(press().state.value).toBe('idle')
    sessionStorage.setItem('hallcast.press', JSON.stringify({ hall: 'h', command: { do: 'finish' }, key: 'k', number: null, at: Date.now() - 13 * 3_600_000 }))
    expect(press().state.value).toBe('idle')
  })
  test('waits while one is signed out', async () => {
    const it = press()
    replies = [{ status: 401 }]
    await it.run({ do: 'finish', counter: '3' })
    expect(it.state.value).toBe('unconfirmed')
    expect(it.problem.value).toBeNull()
  })
})
