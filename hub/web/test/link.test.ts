import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openLink, type Heard, type LinkState } from '../src/wire/link'
import { board, ticket } from './board'
import { FakeSocket, welcome } from './socket'

const issued = (seq: number) => ({ hall: 'h', at: { epoch: 1, seq }, frame: { issued: { ticket: ticket(seq) } } })

let states: [LinkState, number | null][]
let heard: [Heard, boolean][]
let at: { epoch: number; seq: number } | undefined
let link: ReturnType<typeof openLink>
const socket = (n = -1) => FakeSocket.all.at(n)!

beforeEach(() => {
  vi.useFakeTimers()
  FakeSocket.all = []
  states = []
  heard = []
  at = undefined
  link = openLink({
    face: 'screen',
    follow: () => [{ hall: 'h', ...(at ? { at } : {}) }],
    heard: (what, fresh) => heard.push([what, fresh]),
    changed: (state, code) => states.push([state, code]),
    socket: () => new FakeSocket() as unknown as WebSocket,
  })
  socket().onopen?.()
})
afterEach(() => { link.close(); vi.useRealTimers() })

function joined() {
  socket().say(welcome)
  socket().say({ hall: 'h', board: board() })
}

describe('the link', () => {
  test('says hello first, once', () => expect(socket().sent).toEqual([{ hello: { face: 'screen', follow: [{ hall: 'h' }] } }]))
  test('is live only after the board', () => {
    socket().say(welcome)
    expect(states).toEqual([])
    socket().say({ hall: 'h', board: board() })
    expect(states).toEqual([['live', null]])
  })
  test('hands over live frames as fresh', () => {
    joined()
    socket().say(issued(1))
    expect(heard.at(-1)?.[1]).toBe(true)
  })
  test('is lost after two missed beats', () => {
    joined()
    vi.advanceTimersByTime(29_000)
    expect(states.at(-1)?.[0]).toBe('live')
    vi.advanceTimersByTime(3_000)
    expect(states.at(-1)?.[0]).toBe('lost')
  })
  test('a beat keeps it alive', () => {
    joined()
    vi.advanceTimersByTime(20_000)
    socket().say({ beat: { now: welcome.welcome.now, at: {} } })
    vi.advanceTimersByTime(20_000)
    expect(states.at(-1)?.[0]).toBe('live')
  })
  test('comes back with its position, and what was missed is not fresh', () => {
    joined()
    at = { epoch: 1, seq: 4 }
    socket().onclose?.({ code: 4000 })
    expect(states.at(-1)).toEqual(['lost', 4000])
    vi.advanceTimersByTime(2_000)
    expect(FakeSocket.all).toHaveLength(2)
    socket().onopen?.()
    expect(socket().sent[0]?.hello.follow).toEqual([{ hall: 'h', at }])
    socket().say(welcome)
    socket().say(issued(5))
    socket().say(issued(6))
    expect(heard.slice(-2).map(([, fresh]) => fresh)).toEqual([false, false])
    expect(states.at(-1)?.[0]).toBe('lost')
    vi.advanceTimersByTime(500)
    expect(states.at(-1)?.[0]).toBe('live')
  })
  test.each([4500, 4501, 4502, 4503, 4504])('stays away after close code %i', code => {
    socket().onclose?.({ code })
    expect(states).toEqual([['refused', code]])
    vi.advanceTimersByTime(600_000)
    expect(FakeSocket.all).toHaveLength(1)
  })
  test.each([1006, 4000, 4001, 4002, 4003, 4004])('comes back after close code %i', code => {
    socket().onclose?.({ code })
    vi.advanceTimersByTime(60_000)
    expect(FakeSocket.all.length).toBeGreaterThan(1)
  })
  test('waits longer each time, up to the hub\'s maximum', () => {
    joined()
    for (let n = 0; n < 6; n += 1) {
      const before = FakeSocket.all.length
      socket().onclose?.({ code: 1006 })
      vi.advanceTimersByTime(8_000)
      expect(FakeSocket.all.length).toBe(before + 1)
    }
  })
  test('a closed link stays closed', () => {
    link.close()
    vi.advanceTimersByTime(600_000)
    expect(FakeSocket.all).toHaveLength(1)
  })
})
