import { afterEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { usePoll } from '../src/composables/usePoll'

afterEach(() => vi.unstubAllGlobals())

test('what is read again and again tells a sign-in that ended from a hub that is away, and forgets it after the next', async () => {
  let status = 401
  vi.stubGlobal('fetch', () => (status ? Promise.resolve(new Response('{}', { status })) : Promise.reject(new Error('away'))))
  const scope = effectScope()
  const poll = scope.run(() => usePoll(() => '/alerts', 60_000))!
  const told = () => [poll.failed.value, poll.signedOut.value]
  await vi.waitFor(() => expect(told()).toEqual([true, true]))
  status = 0
  poll.look()
  await vi.waitFor(() => expect(told()).toEqual([true, false]))
  status = 200
  poll.look()
  await vi.waitFor(() => expect(told()).toEqual([false, false]))
  scope.stop()
})
