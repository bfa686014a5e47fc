import { board, call as callOf, called, player, undone } from './hall.mjs'
import { open } from './stage.mjs'

const WIDE = [1920, 1080]
const TALL = [1080, 1920]

function at(size, { face = {}, hall = {}, states, later = [], wait = 700, reduced, now } = {}) {
  return async () => {
    const now_board = board(hall, states)
    const page = await open('/screen/p1', {
      size, reduced, api: { 'GET /players/p1': player('p1', 'screen', face), 'GET /halls/h1/offer': { queues: [{ opens_at: '2025-11-25T09:00:00+08:00' }] } },
      talk: { now, welcome: () => [{ hall: 'h1', board: now_board }], later: later.map(([ms, make]) => [ms, typeof make === 'function' ? make(now_board) : make]) },
    })
    await page.waitForTimeout(wait)
    return page
  }
}

const EMPTY = { calls: [], tickets: [], missed: [], queues: board().queues.map(q => ({ ...q, waiting: 0 })) }
/** Queues that give no numbers, each for its own reason. */
const SHUT = { queues: board().queues.map((q, n) => ({ ...q, state: ['open', 'closed', 'noon', 'full', 'frozen', 'open'][n] })) }
const LONG = { queues: board().queues.map(q => (q.id === 'A' ? { ...q, name: '机动车驾驶证补证换证登记', name_en: 'Driving licence replacement and change of address' } : q)) }
const EMPTY_BUT_WAITING = { calls: [], missed: [] }
const gone = callOf('A', 23, '3')
const MISSED = { calls: [gone], missed: [{ ...gone, since: '2025-11-24T10:41:00+08:00' }] }
const call = (queue, label, seq) => of => called(of, queue, label, seq)
export const shots = {
  'screen-calls': at(WIDE), 'screen-calls-720': at([1280, 720]), 'screen-calls-light': at(WIDE, { face: { settings: { theme: 'light' } } }),
  'screen-calling': at(WIDE, { later: [[300, call('A', '6', 413)]], wait: 1400 }),
  'screen-calling-three': at(WIDE, { later: [[300, call('A', '6', 413)], [500, call('C', '12', 414)], [600, call('B', '5', 415)]], wait: 1600 }),
  'screen-calling-still': at(WIDE, { later: [[300, call('A', '6', 413)]], wait: 1400, reduced: true }),
  'screen-calling-first': at(WIDE, { hall: EMPTY_BUT_WAITING, later: [[300, call('A', '6', 413)]], wait: 1400 }), 'screen-calling-second': at(WIDE, { hall: { calls: [callOf('A', 23, '3')] }, later: [[300, call('A', '6', 413)]], wait: 1400 }), 'screen-calling-first-three': at(WIDE, { hall: EMPTY_BUT_WAITING, later: [[300, call('A', '6', 413)], [500, call('C', '12', 414)], [600, call('B', '5', 415)]], wait: 1600 }),
  'screen-shut': at(WIDE, { hall: SHUT }), 'screen-portrait-shut': at(TALL, { hall: SHUT }), 'screen-after-close': at(WIDE, { hall: { day: { date: '2025-11-24', open: false }, queues: board().queues.map(q => ({ ...q, state: 'closed' })) } }),
  'screen-retracted': at(WIDE, { later: [[300, call('A', '6', 413)], [900, of => undone(of, '6', 414)]], wait: 1800 }),
  'screen-long-names': at(WIDE, { hall: { hall: { ...board().hall, name: '二楼不动产与公积金专区', ticker: ['很长的滚动文字，'.repeat(14)] }, calls: [{ ref: 9001, number: 'AB1000', queue: 'A', counter: 'c301', label: '301', zones: [], at: '', times: 1 }, ...board().calls] }, wait: 5200 }),
  'screen-portrait': at(TALL), 'screen-portrait-calling': at(TALL, { later: [[300, call('A', '6', 413)]], wait: 1400 }),
  'screen-notlive': at(WIDE, { later: [[300, 'close']], wait: 900 }),
  'screen-portrait-notlive': at(TALL, { later: [[300, 'close']], wait: 900 }),
  'screen-closed': at(WIDE, { hall: { day: { date: '2025-11-24', open: false }, tickets: [] }, now: '2025-11-24T17:34:00+08:00' }),
  'screen-noon': at(WIDE, { hall: { queues: board().queues.map(q => ({ ...q, state: 'noon' })) }, states: ['serving'], now: '2025-11-24T12:16:00+08:00' }),
  'screen-empty': at(WIDE, { hall: EMPTY }), 'screen-empty-720': at([1280, 720], { hall: EMPTY }), 'screen-empty-light': at(WIDE, { hall: EMPTY, face: { settings: { theme: 'light' } } }), 'screen-portrait-empty': at(TALL, { hall: EMPTY }),
  'screen-first-call': at(WIDE, { hall: { calls: [callOf('A', 23, '3')] } }), 'screen-three-calls': at(WIDE, { hall: { calls: [callOf('A', 23, '3'), callOf('C', 117, '12'), callOf('D', 6, '8')] } }),
  'screen-few-calls': at(WIDE, { hall: { calls: [callOf('A', 23, '3'), callOf('C', 117, '12')] } }),
  'screen-over': at(WIDE, { states: ['waiting', 'called', 'parked', null, 'serving'] }), 'screen-over-720': at([1280, 720], { states: [null, 'serving', 'parked', null, 'waiting'] }), 'screen-over-light': at(WIDE, { states: ['waiting', 'serving', 'parked', null, 'serving'], face: { settings: { theme: 'light' } } }), 'screen-all-over': at(WIDE, { states: [null, null, null, null, null] }),
  'screen-portrait-over': at(TALL, { states: ['waiting', 'serving', 'parked', null, 'serving'] }),
  'screen-missed-call': at(WIDE, { hall: MISSED, states: [null] }),
  'screen-retracted-long': at(WIDE, { hall: LONG, later: [[300, call('A', '6', 413)], [900, of => undone(of, '6', 414)]], wait: 1800 }),
  'screen-retracted-many': at(WIDE, { hall: LONG, later: [[300, call('A', '6', 413)], [400, call('C', '12', 414)], [500, call('B', '5', 415)], [900, of => undone(of, '6', 416)]], wait: 1900 }),
  'screen-numbers': at(WIDE, { wait: 13000 }), 'screen-counters': at(WIDE, { wait: 25000 }),
  'screen-pairing': async () => {
    const page = await open('/screen', { size: WIDE, api: { 'POST /pairings': { code: '7K42M9', secret: 's', expires_at: new Date(Date.now() + 582_000).toISOString() }, 'GET /pairings/mine': { state: 'waiting' } } })
    await page.waitForTimeout(500)
    return page
  },
}
