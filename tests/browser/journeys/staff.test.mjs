/** J4: a member of staff's day at the counter, by keyboard. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openCounter } from '../kit/counter.mjs'
import { startHub } from '../kit/hub.mjs'
import { assertSound, openBrowser, openPage, picture } from '../kit/people.mjs'

const DEAF_MS = 700

let hub, browser
before(async () => {
  hub = await startHub()
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await hub?.stop()
})

const counterOf = async label => (await hub.api('GET', `/halls/${hub.demo.hall}/board`)).counters.find(it => it.label === label)
async function press(page, key, text) {
  await page.waitForTimeout(DEAF_MS)
  await page.keyboard.press(key)
  if (text) await page.getByText(text).first().waitFor()
}

test('J4: call, start, finish; recall and no-show; pause and resume; all by keys', async () => {
  for (const _ of [1, 2, 3]) await hub.take(0)
  const page = await openCounter(browser, hub, 'staff', '3')
  const strip = await openPage(browser, `${hub.demo.url}/strip/${hub.demo.counters[2]}`, 'strip')
  await press(page, 'Space', '访客已到')
  await press(page, 'Space', '办结')
  await press(page, 'Space', '叫下一位')
  assert.equal((await counterOf('3')).state, 'open')

  await press(page, 'Space', '访客已到')
  await press(page, 'm')
  await page.getByText('叫下一位').first().waitFor()
  const screen = await openPage(browser, hub.player('screen').url, 'hall')
  await screen.getByText('过号').first().waitFor()
  await screen.getByText('A002').first().waitFor()
  await picture(screen, 'screen-missed')

  await press(page, 'p')
  await picture(page, 'counter-pause')
  await page.getByRole('button', { name: /暂离|离开|短暂|away|有事/ }).first().click().catch(() => page.keyboard.press('Enter'))
  await strip.getByText('暂停').first().waitFor()
  await picture(strip, 'strip-paused')
  await press(page, 'p')
  await page.getByText('叫下一位').first().waitFor()
  await assertSound(page, 'counter')
  for (const it of [page, strip, screen]) await it.context().close()
})

test('a double press calls one visitor only, and a reload finds the same ticket', async () => {
  for (const _ of [1, 2]) await hub.take(3)
  const page = await openCounter(browser, hub, 'staff', '5')
  await page.waitForTimeout(DEAF_MS)
  await page.keyboard.press('Space')
  await page.keyboard.press('Space')
  await page.getByText('访客已到').first().waitFor()
  const counter = await counterOf('5')
  assert.equal(counter.state, 'calling')
  await page.reload()
  await page.getByText('访客已到').first().waitFor()
  assert.deepEqual((await counterOf('5')).ticket, counter.ticket)
  await page.context().close()
})

test('when the hub is gone the page says so, keeps the ticket and calls nobody twice', async () => {
  await hub.take(1)
  const page = await openCounter(browser, hub, 'staff', '6')
  await press(page, 'Space', '访客已到')
  const before = (await counterOf('6')).ticket
  await hub.kill()
  await page.getByText(/连接/).first().waitFor({ timeout: 60_000 })
  await picture(page, 'counter-offline')
  await hub.start()
  await page.getByText('访客已到').first().waitFor({ timeout: 60_000 })
  assert.equal((await counterOf('6')).ticket, before)
  await page.context().close()
})
