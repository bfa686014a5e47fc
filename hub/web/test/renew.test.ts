/** Lists that renew themselves while somebody works on a row of them. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { useList } from '../src/composables/useList'
import { useRenewal } from '../src/composables/useRenewal'
import { Problem } from '../src/wire/problem'

const EVERY_MS = 15_000
let answer: () => Promise<Response>
const rows = (...online: boolean[]) => new Response(JSON.stringify({ rows: online.map((it, n) => ({ id: String(n), online: it })) }), { status: 200 })
beforeEach(() => {
  vi.useFakeTimers()
  answer = async () => rows(true)
  vi.stubGlobal('fetch', () => answer())
})
afterEach(() => { vi.unstubAllGlobals(); vi.useRealTimers() })

describe('a list that is looked at', () => {
  test('says what is so now, and leaves what somebody was told', async () => {
    const list = useList<{ online: boolean }>('/players')
    await vi.advanceTimersByTimeAsync(10)
    const told = new Problem({ status: 422, code: 'bad_input' })
    list.problem.value = told
    answer = async () => rows(false)
    await list.renew()
    expect([list.rows.value?.[0]?.online, list.problem.value]).toEqual([false, told])
    answer = () => Promise.reject(new Error('away'))
    await list.renew()
    expect([list.rows.value?.[0]?.online, list.problem.value]).toEqual([false, told])
  })
  test('never puts an old answer over a newer one', async () => {
    const list = useList<{ online: boolean }>('/players', false)
    let late: (it: Response) => void = () => {}
    answer = () => new Promise(done => { late = done })
    const renewal = list.renew()
    answer = async () => rows(false)
    await list.look()
    late(rows(true))
    await renewal
    expect(list.rows.value?.[0]?.online).toBe(false)
  })
})

test('what renews itself does so while it is seen, at once when it is seen again, and ends with its page', () => {
  const renew = vi.fn()
  const scope = effectScope()
  const sight = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible')
  scope.run(() => useRenewal(renew, EVERY_MS))
  vi.advanceTimersByTime(EVERY_MS * 2)
  expect(renew).toHaveBeenCalledTimes(2)
  sight.mockReturnValue('hidden')
  vi.advanceTimersByTime(EVERY_MS * 4)
  expect(renew).toHaveBeenCalledTimes(2)
  sight.mockReturnValue('visible')
  document.dispatchEvent(new Event('visibilitychange'))
  expect(renew).toHaveBeenCalledTimes(3)
  scope.stop()
  vi.advanceTimersByTime(EVERY_MS * 4)
  document.dispatchEvent(new Event('visibilitychange'))
  expect(renew).toHaveBeenCalledTimes(3)
})
