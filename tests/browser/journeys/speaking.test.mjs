/** C-03, V-06: a browser screen speaks by itself, once somebody touched it, and says so; what is old is never spoken. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { journey } from '../kit/journey.mjs'
import { assertFits, openPlayer, picture } from '../kit/people.mjs'
import { listenTo, played, speakerOf } from '../kit/sound.mjs'

/** The demo's one speaker is the page of its screen. */
const SPEAKER = 'hall'
const CHIME_S = 0.9
let hub, browser, screen, player
journey(async own => {
  ({ hub, browser } = own)
  player = hub.player('screen')
  await hub.command('open_counter', { counter: hub.demo.counters[2] })
  screen = await openPlayer(browser, hub, 'screen', 'hall')
  await listenTo(screen)
})

const sound = () => screen.locator('[data-part=sound]')
/** Waits until the hub has it so. */
async function becomes(read, is) {
  let last
  for (const until = Date.now() + 30_000; Date.now() < until;) {
    last = await read()
    if (is(last)) return last
    await new Promise(done => setTimeout(done, 100))
  }
  assert.fail(`it stays ${JSON.stringify(last)}`)
}
const speaker = () => speakerOf(hub, player.id, SPEAKER)

test('before it was touched it is silent, says what to do, and the hub knows', async () => {
  await sound().getByText('点一下屏幕，允许播报声音').waitFor()
  await becomes(speaker, it => it?.state === 'untouched')
  const { number } = await hub.take(0)
  await hub.command('call_next', { counter: hub.demo.counters[2] })
  await screen.locator('[data-part=flash]', { hasText: number }).waitFor()
  assert.deepEqual(await played(screen), [])
  assert.equal(await screen.locator('[data-part=said]').count(), 0)
  await picture(screen, 'screen-untouched')
  await assertFits(screen, 'screen, untouched')
  await hub.command('start', { counter: hub.demo.counters[2] })
  await hub.command('finish', { counter: hub.demo.counters[2] })
})

test('touched, it chimes and says the next call while the screen says that it does; what went before is not said', async () => {
  await screen.mouse.click(400, 400)
  await sound().getByText('声音已打开').waitFor()
  await becomes(speaker, it => it?.state === 'ok')
  const { number } = await hub.take(0)
  await hub.command('call_next', { counter: hub.demo.counters[2] })
  await screen.locator('[data-part=flash]', { hasText: number }).locator('[data-part=said]').waitFor()
  await picture(screen, 'screen-speaking')
  const [chime, ...words] = await becomes(() => played(screen), it => it.length > 1)
  assert.ok(Math.abs(chime - CHIME_S) < 0.02, `the chime lasts ${chime} s`)
  assert.ok(words.reduce((sum, it) => sum + it, 0) > 1, `words of ${words} s`)
  await screen.locator('[data-part=said]').waitFor({ state: 'detached' })
  await becomes(speaker, it => it?.spoken === 1)
})

test('after it was away nothing old is said', async () => {
  await screen.reload()
  await screen.locator('[data-part=head-call]').waitFor()
  await screen.mouse.click(400, 400)
  await sound().getByText('声音已打开').waitFor()
  await screen.waitForTimeout(2_000)
  assert.deepEqual(await played(screen), [])
})
