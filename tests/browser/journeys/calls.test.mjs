/** The hall screen while counters call in quick succession: every visitor sees where to go, at once and long enough. */
import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { closeCounters } from '../kit/counter.mjs'
import { journey } from '../kit/journey.mjs'
import { assertFits, openPage, openPlayer, picture } from '../kit/people.mjs'

/** A new call of a counter is on the screen within this time, whatever its counter called before. */
const SOON_MS = 2_000
/** The least time a call stands when others wait, and some for the page. */
const SHARED_MS = 5_000 + SOON_MS

let hub, browser
journey(own => { ({ hub, browser } = own) })
afterEach(() => closeCounters(hub))

const rows = screen => screen.locator('[data-part=flash] .n').allTextContents().then(all => all.map(it => it.trim()))
const shows = (screen, numbers, timeout = SOON_MS) => screen.waitForFunction(
  wanted => JSON.stringify([...document.querySelectorAll('[data-part=flash] .n')].map(it => it.textContent.trim())) === wanted,
  JSON.stringify(numbers), { timeout, polling: 50 })

test('the next call of a counter takes the place of the one before; calls of several counters stand together', async () => {
  const counters = hub.demo.counters
  for (const counter of counters) await hub.command('open_counter', { counter })
  const numbers = []
  for (let n = 0; n < 6; n += 1) numbers.push((await hub.take(0)).number)
  const screen = await openPlayer(browser, hub, 'screen', 'hall')
  await screen.locator('.hs[data-state=live]').waitFor()
  // Before the first call: how the hall works, and who serves what.
  assert.match(await screen.locator('[data-part=guide]').textContent(), /取号.*等候.*办理.*综合/s)
  await picture(screen, 'screen-no-calls')
  await assertFits(screen, 'no calls')

  // One counter: called, not there, the next one called. Only the newer number stands in amber.
  await hub.command('call_next', { counter: counters[0] })
  await shows(screen, [numbers[0]])
  // With no earlier calls the room beneath tells how the hall works; nothing stays black.
  await screen.locator('[data-part=flash] ~ [data-part=guide]').waitFor()
  await hub.command('no_show', { counter: counters[0] })
  await hub.command('call_next', { counter: counters[0] })
  await shows(screen, [numbers[1]])
  await picture(screen, 'screen-next-of-counter')

  // Two more counters: three stand together, each with its own counter.
  for (const counter of counters.slice(1, 3)) await hub.command('call_next', { counter })
  await shows(screen, numbers.slice(1, 4))
  await picture(screen, 'screen-three-calls')
  await assertFits(screen, 'three calls')

  // A fourth is in sight at once beneath, and enters as soon as one of the three was met at its counter.
  await hub.command('call_next', { counter: counters[3] })
  await screen.locator('[data-part=recent-calls] .crow', { hasText: numbers[4] }).waitFor({ timeout: SOON_MS })
  await picture(screen, 'screen-fourth-call')
  await hub.command('start', { counter: counters[1] })
  await shows(screen, [numbers[1], numbers[3], numbers[4]])

  // A fifth without anybody being met waits no longer than the others need to be read.
  await hub.command('call_next', { counter: counters[4] })
  await screen.locator('[data-part=flash]', { hasText: numbers[5] }).waitFor({ timeout: SHARED_MS })
  assert.ok((await rows(screen)).length <= 3)
  await screen.locator('[data-part=flash]').waitFor({ state: 'detached' })
  await screen.locator('[data-part=head-call]', { hasText: numbers[5] }).waitFor()
  assert.deepEqual(screen.wrong, [])
  await screen.context().close()
})

test('a call that is taken back while it waits for its place is never flashed', async () => {
  const counters = hub.demo.counters
  for (const counter of counters.slice(0, 4)) await hub.command('open_counter', { counter })
  for (let n = 0; n < 4; n += 1) await hub.take(1)
  const screen = await openPlayer(browser, hub, 'screen', 'hall')
  await screen.locator('.hs[data-state=live]').waitFor()
  for (const counter of counters.slice(0, 4)) await hub.command('call_next', { counter })
  await screen.locator('[data-part=flash] .frow').nth(2).waitFor()
  const fourth = (await screen.locator('[data-part=recent-calls] .crow .n').first().textContent()).trim()
  await hub.command('undo', { counter: counters[3] })
  await screen.locator('[data-part=recent-calls] .crow', { hasText: fourth }).waitFor({ state: 'detached' })
  await screen.locator('[data-part=flash]').waitFor({ state: 'detached' })
  assert.ok(!(await screen.locator('[data-part=head-call]').textContent()).includes(fourth))
  await screen.context().close()
})

test('a call that is over invites nobody: it leaves the big region, and the recent calls say what became of it', async () => {
  const [first, second] = hub.demo.counters
  for (const counter of [first, second]) await hub.command('open_counter', { counter })
  for (let n = 0; n < 2; n += 1) await hub.take(0)
  const screen = await openPlayer(browser, hub, 'screen', 'hall')
  await screen.locator('.hs[data-state=live]').waitFor()
  const call = async counter => (await hub.command('call_next', { counter })).ticket.number
  const row = (number, state) => screen.locator(`[data-part=recent-calls] .crow[data-call=${state}]`, { hasText: number })
  const flash = screen.locator('[data-part=flash]')

  const missed = await call(first)
  await shows(screen, [missed])
  await hub.command('no_show', { counter: first })
  await flash.waitFor({ state: 'detached', timeout: SOON_MS })
  await row(missed, 'missed').waitFor()
  assert.equal(await row(missed, 'missed').locator('.c').count(), 0, 'no counter to go to')
  await screen.locator('[data-part=missed]', { hasText: missed }).waitFor()
  await screen.locator('[data-part=head-call].none').waitFor()

  // Being served is told without the amber of a call; put aside, nobody stands at the head any more.
  const parked = await call(second)
  await hub.command('start', { counter: second })
  await flash.waitFor({ state: 'detached' })
  await screen.locator('[data-part=head-call][data-call=served]', { hasText: parked }).waitFor()
  await picture(screen, 'screen-served')
  await hub.command('park', { counter: second })
  await row(parked, 'aside').waitFor()
  await screen.locator('[data-part=head-call].none').waitFor()
  await picture(screen, 'screen-over')
  await assertFits(screen, 'calls that are over')
  assert.deepEqual(screen.wrong, [])
  await screen.context().close()
})

test('English names of queues stand whole, in two lines where they are long; what is longer still ends with dots, never mid-line', async () => {
  const setup = await hub.api('GET', `/halls/${hub.demo.hall}/setup`)
  const long = ['Driving licence replacement', 'Business registration', 'Passports and travel papers']
  const tooLong = 'Household registration, residence permits, change of address'
  for (const [n, name_en] of [...long, tooLong].entries()) await hub.api('PUT', `/halls/${hub.demo.hall}/queues/${setup.queues[n].id}`, { ...setup.queues[n], name_en })
  for (const queue of [0, 1, 2, 3]) await hub.take(queue)
  const cut = box => box.scrollHeight > box.clientHeight + 2 || box.scrollWidth > box.clientWidth + 1
  for (const size of ['hall', 'hall720', 'hallUpright']) {
    const screen = await openPage(browser, `${hub.demo.url}/screen?hall=${hub.demo.hall}`, size)
    await screen.locator('[data-part=waiting] .wrow').first().waitFor()
    await screen.evaluate(() => document.fonts.ready)
    for (const name of long) assert.ok(!await screen.locator('.wrow .nm i', { hasText: name }).evaluate(cut), `${name} is cut on ${size}`)
    const last = screen.locator('.wrow .nm i', { hasText: tooLong })
    assert.ok(await last.evaluate(box => Math.abs(box.clientHeight - 2 * parseFloat(getComputedStyle(box).lineHeight)) < 6), `two lines on ${size}`)
    assert.equal(await last.evaluate(box => getComputedStyle(box).webkitLineClamp), '2')
    const { bottom } = await screen.locator('[data-part=waiting]').evaluate(box => box.getBoundingClientRect())
    const rows = await screen.locator('[data-part=waiting] .wrow').evaluateAll(all => all.map(it => it.lastElementChild.getBoundingClientRect().bottom))
    assert.ok(rows.every(it => it <= bottom + 1), `no row runs under the panel's foot on ${size}`)
    await picture(screen, `screen-long-names-${size}`)
    await screen.context().close()
  }
})
