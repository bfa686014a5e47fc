import { board, called, player, undone } from './hall.mjs'
import { open } from './stage.mjs'

const WIDE = [1920, 1080]
const TALL = [1080, 1920]

function at(size, { face = {}, hall = {}, later = [], wait = 700, reduced, now } = {}) {
  return async () => {
    const now_board = board(hall)
    const page = await open('/screen/p1', {
      size, reduced, api: { 'GET /players/p1': player('p1', 'screen', face), 'GET /halls/h1/offer': { queues: [{ opens_at: '2025-11-25T09:00:00+08:00' }] } },
      talk: { now, welcome: () => [{ hall: 'h1', board: now_board }], later: later.map(([ms, make]) => [ms, typeof make === 'function' ? make(now_board) : make]) },
    })
    await page.waitForTimeout(wait)
    return page
  }
}

const call = (queue, label, seq) => of => called(of, queue, label, seq)
export const shots = {
  'screen-calls': at(WIDE), 'screen-calls-720': at([1280, 720]), 'screen-calls-light': at(WIDE, { face: { settings: { theme: 'light' } } }),
  'screen-calling': at(WIDE, { later: [[300, call('A', '6', 413)]], wait: 1400 }),
  'screen-calling-three': at(WIDE, { later: [[300, call('A', '6', 413)], [500, call('C', '12', 414)], [600, call('B', '5', 415)]], wait: 1600 }),
  'screen-calling-still': at(WIDE, { later: [[300, call('A', '6', 413)]], wait: 1400, reduced: true }),
  'screen-retracted': at(WIDE, { later: [[300, call('A', '6', 413)], [900, of => undone(of, '6', 414)]], wait: 1800 }),
  'screen-long-names': at(WIDE, { hall: { hall: { ...board().hall, name: '二楼不动产与公积金专区', ticker: ['很长的滚动文字，'.repeat(14)] }, calls: [{ ref: 9001, number: 'AB1000', queue: 'A', counter: 'c301', label: '301', zones: [], at: '', times: 1 }, ...board().calls] }, wait: 5200 }),
  'screen-portrait': at(TALL), 'screen-portrait-calling': at(TALL, { later: [[300, call('A', '6', 413)]], wait: 1400 }),
  'screen-notlive': at(WIDE, { later: [[300, 'close']], wait: 900 }),
  'screen-portrait-notlive': at(TALL, { later: [[300, 'close']], wait: 900 }),
  'screen-closed': at(WIDE, { hall: { day: { date: '2025-11-24', open: false }, tickets: [] }, now: '2025-11-24T17:34:00+08:00' }),
  'screen-noon': at(WIDE, { hall: { queues: board().queues.map(q => ({ ...q, state: 'noon' })) }, now: '2025-11-24T12:16:00+08:00' }),
  'screen-empty': at(WIDE, { hall: { calls: [], tickets: [], missed: [], queues: board().queues.map(q => ({ ...q, waiting: 0 })) } }),
  'screen-numbers': at(WIDE, { wait: 13000 }), 'screen-counters': at(WIDE, { wait: 25000 }),
  'screen-pairing': async () => {
    const page = await open('/screen', { size: WIDE, api: { 'POST /pairings': { code: '7K42M9', secret: 's', expires_at: new Date(Date.now() + 582_000).toISOString() }, 'GET /pairings/mine': { state: 'waiting' } } })
    await page.waitForTimeout(500)
    return page
  },
}
