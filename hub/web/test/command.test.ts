/** One press, one ticket: the key stays the same until the hub has answered. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { useCommand } from '../src/composables/useCommand'

type Asked = { key: string; body: { do: string } }
let asked: Asked[]
let answers: (() => Promise<Response>)[]
let scope: ReturnType<typeof effectScope>
let command: ReturnType<typeof useCommand>

const json = (status: number, body: unknown) => async () => new Response(JSON.stringify(body), { status })
const unreachable = () => Promise.reject(new TypeError('network'))

beforeEach(() => {
  vi.useFakeTimers()
  asked = []
  answers = []
  vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
    asked.push({ key: (init.headers as Record<string, string>)['Idempotency-Key'] ?? '', body: JSON.parse(String(init.body)) })
    return (answers.shift() ?? unreachable)()
  })
  scope = effectScope()
  command = scope.run(() => useCommand(() => 'h'))!
})
afterEach(() => { scope.stop(); vi.unstubAllGlobals(); vi.useRealTimers() })

describe('a command', () => {
  test('is asked once and answered', async () => {
    answers = [json(200, { at: { epoch: 1, seq: 2 }, ticket: { number: 'A001' }, counter: null })]
    const answer = await command.run({ do: 'issue' })
    expect(answer?.ticket?.number).toBe('A001')
    expect(asked).toHaveLength(1)
    expect(command.state.value).toBe('idle')
  })
  test('keeps its key while the hub does not answer, and is done once', async () => {
    answers = [unreachable, json(503, { status: 503 }), json(200, { at: { epoch: 1, seq: 2 }, ticket: null, counter: null })]
    const done = command.run({ do: 'issue' })
    await vi.advanceTimersByTimeAsync(10)
    expect(command.state.value).toBe('unconfirmed')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(await done).not.toBeNull()
    expect(asked).toHaveLength(3)
    expect(new Set(asked.map(a => a.key)).size).toBe(1)
    expect(asked[0]?.key).toMatch(/^[0-9a-f]{32}$/)
  })
  test('is refused in words', async () => {
    answers = [json(409, { status: 409, code: 'quota_reached' })]
    expect(await command.run({ do: 'issue' })).toBeNull()
    expect(command.state.value).toBe('refused')
    expect(command.problem.value?.refused).toBe(true)
  })
  test('a second press while one is under way does nothing', async () => {
    answers = [unreachable]
    void command.run({ do: 'issue' })
    await vi.advanceTimersByTimeAsync(10)
    expect(await command.run({ do: 'issue' })).toBeNull()
    expect(asked).toHaveLength(1)
  })
  test('the next press has a key of its own', async () => {
    const ok = json(200, { at: { epoch: 1, seq: 2 }, ticket: null, counter: null })
    answers = [ok, ok]
    await command.run({ do: 'issue' })
    await command.run({ do: 'issue' })
    expect(asked[0]?.key).not.toBe(asked[1]?.key)
  })
  test('a forgotten press is not asked again', async () => {
    answers = [unreachable]
    void command.run({ do: 'issue' })
    await vi.advanceTimersByTimeAsync(10)
    command.forget()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toHaveLength(1)
    expect(command.state.value).toBe('idle')
  })
})
