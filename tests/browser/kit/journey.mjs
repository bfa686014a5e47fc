/** What every journey stands on: a hub and a browser of its own, there before its first test, gone after its last. */
import { after, before } from 'node:test'
import { startHub } from './hub.mjs'
import { openBrowser } from './people.mjs'

/** `begin` is given both, to keep them and to make the hall ready for the tests. */
export function journey(begin) {
  const own = { hub: null, browser: null }
  before(async () => {
    own.hub = await startHub()
    own.browser = await openBrowser()
    await begin(own)
  })
  after(async () => {
    await own.browser?.close()
    await own.hub?.stop()
  })
}
