import { board, counter, ticket } from './hall.mjs'
import { open } from './stage.mjs'

function at(mine, { later = [], tickets = [] } = {}) {
  return async () => {
    const page = await open('/strip/c3', {
      size: [1280, 160], api: { 'GET /players/c3': { status: 404, code: 'no_such' }, 'GET /about': { halls: [{ id: 'h1' }] }, 'GET /halls/h1/board': board({ counters: [counter('3', mine)] }) },
      talk: { welcome: () => [{ hall: 'h1', board: board({ counters: [counter('3', mine)], tickets }) }], later },
    })
    await page.waitForTimeout(700)
    return page
  }
}
const a24 = ticket('A', 24, { state: 'called', counter: 'c3' })
export const shots = {
  'strip-open': at({}), 'strip-calling': at({ state: 'calling', ticket: a24.ref }, { tickets: [a24] }), 'strip-serving': at({ state: 'serving', ticket: a24.ref }, { tickets: [{ ...a24, state: 'serving' }] }),
  'strip-paused': at({ state: 'paused', reason: 'away' }), 'strip-notlive': at({}, { later: [[300, 'close']] }), 'strip-closed': at({ state: 'closed' }),
  'strip-pairing': async () => {
    const page = await open('/strip', { size: [1280, 160], api: { 'POST /pairings': { code: '7K42M9', secret: 's', expires_at: new Date(Date.now() + 582_000).toISOString() }, 'GET /pairings/mine': { state: 'waiting' } } })
    await page.waitForTimeout(500)
    return page
  },
}
