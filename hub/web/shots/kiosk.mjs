import { board, offer, player } from './hall.mjs'
import { open } from './stage.mjs'

const QR = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29"><rect width="29" height="29" fill="#fff"/><path d="M0 0h7v7H0zM22 0h7v7h-7zM0 22h7v7H0zM10 3h3v4h-3zM12 12h6v5h-6zM20 18h5v4h-5z"/></svg>'
const SLIP = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 576 900"><rect width="576" height="900" fill="#fff"/><text x="60" y="300" font-size="190">A037</text></svg>'
const T = { id: 'abc', ref: 37, number: 'A037', queue: 'A', state: 'waiting', ahead: 12, estimate: { p50_s: 600, p90_s: 1080 }, zones: [], url: '' }
const answered = { at: { epoch: 1, seq: 1 }, ticket: T, counter: null }

function at(steps = async () => {}, { size = [1080, 1920], settings = {}, offers = {}, api = {}, later = [], path = '/kiosk?player=k1' } = {}) {
  return async () => {
    const page = await open(path, {
      size, api: { 'GET /players/k1': player('k1', 'kiosk', { settings }), 'GET /halls/h1/offer': offer(offers), 'POST /halls/h1/commands': answered, 'GET /tickets/abc/qr.svg': QR, 'GET /tickets/abc/slip.svg': SLIP, 'POST /tickets/abc/print': {}, ...api },
      talk: { now: '2025-11-24T10:38:00+08:00', welcome: () => [{ hall: 'h1', board: board({ queues: offer(offers).queues }) }], later },
    })
    await page.waitForTimeout(500)
    await steps(page)
    await page.waitForTimeout(300)
    return page
  }
}
const issued = async page => { await page.click('.pq >> nth=1'); await page.waitForTimeout(1500) }
const take = page => page.click('.act.main')
const type = text => async page => { await take(page); await page.click('.find .typed'); for (const key of text) await page.click(`.k:text-is("${key}")`) }
const closed = offer().queues.map(q => ({ ...q, state: 'closed', opens_at: '2025-11-25T09:00:00+08:00' }))
const few = offer().queues.map((q, n) => ({ ...q, state: ['open', 'frozen', 'full', 'closed'][n] ?? 'closed' }))
const foot = n => page => page.click(`.kf .kbtn >> nth=${n}`)
const nobody = { 'GET /me': { status: 401, code: 'unknown', title: 'x' } }
const unpaired = { path: '/kiosk?hall=h1', api: nobody }
const chooseClass = async page => { await page.click('.idc'); await page.click('.qi >> nth=0'); await page.click('.qi >> nth=0') }
const longWaits = { queues: offer().queues.map(q => ({ ...q, waiting: 8, estimate: { p50_s: 2_150, p90_s: 3_850 } })) }
export const shots = {
  'kiosk-home': at(), 'kiosk-queues': at(type('B')), 'kiosk-list': at(take), 'kiosk-departments': at(page => page.click('.act >> nth=1')),
  'kiosk-classes': at(page => page.click('.idc')), 'kiosk-done': at(issued, { settings: { printer: 'p' }, api: { 'GET /tickets/abc': { ...T, slip: 'printed' } } }),
  'kiosk-nopaper': at(issued, { settings: { printer: 'p' }, api: { 'GET /tickets/abc': { ...T, slip: 'failed' } } }),
  'kiosk-preview': at(async page => { await page.click('.pq >> nth=1'); await page.click('.extra .kbtn') }),
  'kiosk-large': at(foot(0)), 'kiosk-unpaired': at(undefined, unpaired), 'kiosk-large-unpaired': at(foot(0), unpaired), 'kiosk-class-done': at(chooseClass), 'kiosk-long-waits': at(undefined, { offers: longWaits }), 'kiosk-english-long-waits': at(foot(1), { offers: longWaits }),
  'kiosk-large-class-done': at(async page => { await foot(0)(page); await page.click('.lb'); await page.click('.qi >> nth=0') }, { settings: { printer: 'p' }, api: { 'GET /tickets/abc': { ...T, slip: 'failed' } } }),
  'kiosk-lying-class-done': at(chooseClass, { size: [1366, 768] }), 'kiosk-large-done': at(async page => { await foot(0)(page); await page.click('.lb'); await page.click('.qi >> nth=0') }),
  'kiosk-english': at(foot(1)), 'kiosk-low': at(foot(2)), 'kiosk-help': at(foot(3)),
  'kiosk-refused': at(page => page.click('.pq >> nth=1'), { api: { 'POST /halls/h1/commands': { status: 409, code: 'quota_reached', title: 'x' } } }),
  'kiosk-few': at(undefined, { offers: { queues: few } }), 'kiosk-few-english': at(foot(1), { offers: { queues: few } }), 'kiosk-unknown-hall': at(undefined, { path: '/kiosk?hall=zzz', api: { 'GET /halls/zzz/offer': { status: 404, code: 'no_such', title: 'x' } } }),
  'kiosk-closed': at(undefined, { offers: { queues: closed } }), 'kiosk-lost': at(page => page.waitForTimeout(3600), { later: [[200, 'close']] }),
  'kiosk-english-done': at(async page => { await foot(1)(page); await page.click('.pq >> nth=1') }), 'kiosk-english-list': at(async page => { await foot(1)(page); await take(page) }), 'kiosk-lying': at(undefined, { size: [1920, 1080] }), 'kiosk-lying-queues': at(type('D'), { size: [1920, 1080] }), 'kiosk-lying-done': at(page => page.click('.pq >> nth=1'), { size: [1366, 768] }),
}
