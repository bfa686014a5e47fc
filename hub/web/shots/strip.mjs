import { board, counter, ticket } from './hall.mjs'
import { open } from './stage.mjs'

function at(mine, { later = [], tickets = [], notices = [] } = {}) {
  return async () => {
    const page = await open('/strip/c3', {
      size: [1280, 160], api: { 'GET /players/c3': { status: 404, code: 'no_such' }, 'GET /about': { halls: [{ id: 'h1' }] }, 'GET /halls/h1/board': board({ counters: [counter('3', mine)] }) },
      talk: { welcome: () => [{ hall: 'h1', board: board({ counters: [counter('3', mine)], tickets, notices }) }], later },
    })
    await page.waitForTimeout(700)
    return page
  }
}
const told = text => [{ id: 'n', text, zones: [], until: '2035-11-24T10:00:00+08:00' }]
const TOLD = told('因系统升级，今天下午三点起暂停办理不动产登记，其他业务照常。敬请谅解。')
const SHORT = told('三号窗口今天提前下班')
const ENGLISH = told('Because of maintenance, real estate registration closes at three this afternoon; everything else goes on as usual')
const missing = label => async () => {
  const page = await open(`/strip/${label}`, { size: [1280, 160], api: { 'GET /about': { halls: [{ id: 'h1' }] }, 'GET /halls/h1/board': board(), 'POST /pairings': { code: '7K42M9', secret: 's', expires_at: new Date(Date.now() + 582_000).toISOString() }, 'GET /pairings/mine': { state: 'waiting' } } })
  await page.waitForTimeout(700)
  return page
}
const a24 = ticket('A', 24, { state: 'called', counter: 'c3' })
export const shots = {
  'strip-open': at({}), 'strip-calling': at({ state: 'calling', ticket: a24.ref }, { tickets: [a24] }), 'strip-serving': at({ state: 'serving', ticket: a24.ref }, { tickets: [{ ...a24, state: 'serving' }] }),
  'strip-paused': at({ state: 'paused', reason: 'away' }), 'strip-notlive': at({}, { later: [[300, 'close']] }), 'strip-closed': at({ state: 'closed' }),
  'strip-told': at({}, { notices: TOLD }), 'strip-paused-told': at({ state: 'paused' }, { notices: TOLD }), 'strip-closed-told': at({ state: 'closed' }, { notices: SHORT }), 'strip-serving-told': at({ state: 'serving', ticket: a24.ref }, { tickets: [{ ...a24, state: 'serving' }], notices: TOLD }),
  'strip-calling-told': at({ state: 'calling', ticket: a24.ref }, { tickets: [a24], notices: TOLD }), 'strip-told-en': at({}, { notices: ENGLISH }),
  'strip-missing': missing('99'), 'strip-missing-long': missing('nobody-has-this-counter'),
  'strip-pairing': async () => {
    const page = await open('/strip', { size: [1280, 160], api: { 'POST /pairings': { code: '7K42M9', secret: 's', expires_at: new Date(Date.now() + 582_000).toISOString() }, 'GET /pairings/mine': { state: 'waiting' } } })
    await page.waitForTimeout(500)
    return page
  },
}
