/** Signing out for want of a touch: the page and the hub mean the same moment, and the page is the first to say it. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { useIdle } from '../src/composables/useIdle'
import { signIn } from '../src/composables/useSession'

const IDLE_S = 60
const person = { id: 'p', login: 'li', name: '李', staff_no: null, roles: [], csrf: 'c', idle_s: IDLE_S, must_change_password: false }
let asked: { method: string; path: string; at: number }[] = []
let scope: EffectScope
const touch = () => window.dispatchEvent(new Event('pointerdown'))
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const told = () => asked.filter(it => it.path.endsWith('/me?here=true')).map(it => it.at)

beforeEach(async () => {
  vi.useFakeTimers({ now: 0 })
  vi.stubGlobal('fetch', vi.fn(async (url: string, options: { method?: string } = {}) => {
    asked.push({ method: options.method ?? 'GET', path: String(url), at: Date.now() / 1_000 })
    return new Response(JSON.stringify(person), { status: 200, headers: { 'content-type': 'application/json' } })
  }))
  await signIn('li', 'secret')
  asked = []
  scope = effectScope()
})
afterEach(() => { scope.stop(); vi.unstubAllGlobals(); vi.useRealTimers(); vi.restoreAllMocks() })

describe('a page nobody touches', () => {
  test('tells the hub of every touch, if not at once then a little later', async () => {
    scope.run(() => useIdle())
    await pass(25_000)
    touch()
    await pass(5_000)
    touch()
    await pass(25_000)
    expect(told()).toEqual([25, 45])
  })
  test('signs out before the hub would, and says why', async () => {
    const assign = vi.spyOn(location, 'assign').mockImplementation(() => undefined)
    const idle = scope.run(() => useIdle())!
    await pass(30_000)
    expect(idle.left.value, 'it is announced').toBeGreaterThan(0)
    await pass(30_000)
    const left = asked.find(it => it.method === 'DELETE')
    expect(left?.path).toMatch(/\/session\?idle=true$/)
    // The hub knows of the last use within a tenth of the time.
    expect(left?.at).toBeLessThan(IDLE_S - IDLE_S / 10)
    expect(assign).toHaveBeenCalledWith(expect.stringContaining('why=idle'))
  })
})
