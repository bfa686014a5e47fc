/** J1 and J3: a visitor without an appointment, and one who wants large type, from the kiosk to the window. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startHub } from '../kit/hub.mjs'
import { assertSound, openBrowser, openPage, picture } from '../kit/people.mjs'
import { openCounter } from '../kit/counter.mjs'

let hub, browser
before(async () => {
  hub = await startHub()
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await hub?.stop()
})

/** A player's page with the token it was paired with. */
const asPlayer = (face, size, index = 0) => openPage(browser, hub.player(face, index).url, size, tokenOf(hub.player(face, index)))
const tokenOf = player => ({ [`hallcast.token.${player.id}`]: player.token })

test('J1: a ticket at the kiosk, a press of call-next, and every face shows it', async () => {
  const kiosk = await asPlayer('kiosk', 'kiosk')
  const screen = await asPlayer('screen', 'hall')
  const strip = await openPage(browser, `${hub.demo.url}/strip/${hub.demo.counters[2]}`, 'strip')
  await picture(kiosk, 'kiosk-home')
  await assertSound(kiosk, 'kiosk')

  // Types the first letter of the queue's pinyin on the keys of the screen.
  const offer = await hub.api('GET', `/halls/${hub.demo.hall}/offer`)
  const wanted = offer.queues.find(it => it.id === hub.demo.queues[0])
  await kiosk.getByRole('button', { name: /拼音查找/ }).first().click()
  await kiosk.locator('.k', { hasText: new RegExp(`^${wanted.letters[0][0].toUpperCase()}$`) }).first().click()
  await picture(kiosk, 'kiosk-search')
  await kiosk.getByRole('button', { name: new RegExp(wanted.name) }).first().click()
  const number = (await kiosk.locator('[data-part=number]').textContent()).trim()
  assert.equal(number, 'A001')
  await kiosk.locator('img.qr').evaluate(image => image.decode())
  await picture(kiosk, 'kiosk-done')
  await assertSound(kiosk, 'kiosk, number shown')

  // The screen lists it as waiting; the phone follows it.
  await screen.getByText('A001').first().waitFor()
  const ticket = await newest(number)
  const phone = await openPage(browser, `${hub.demo.url}/t/${ticket.id}`, 'phone')
  await phone.getByText('A001').first().waitFor()
  await picture(phone, 'phone-waiting')
  await assertSound(phone, 'phone')

  const counter = await openCounter(browser, hub, 'staff', '3')
  await picture(counter, 'counter-idle')
  await assertSound(counter, 'counter')
  await counter.keyboard.press('Space')
  await counter.getByText('访客已到').waitFor()
  await picture(counter, 'counter-calling')
  await screen.locator('text=请到').first().waitFor()
  await picture(screen, 'screen-calling')
  await strip.getByText('A001').first().waitFor()
  await picture(strip, 'strip-calling')
  await phone.locator('text=/请到|3/').first().waitFor()
  await picture(phone, 'phone-called')
  await assertSound(screen, 'screen')
  await assertSound(strip, 'strip')
  await assertSound(phone, 'phone, called')

  await counter.waitForTimeout(700) // the key is deaf for 600 ms after each change of state
  await counter.keyboard.press('Space')
  await counter.getByText('办结').first().waitFor()
  await counter.waitForTimeout(700)
  await counter.keyboard.press('Space')
  await counter.getByText('叫下一位').first().waitFor()
  await phone.getByText(/办结|已完成|结束/).first().waitFor()
  for (const page of [kiosk, screen, strip, phone, counter]) await page.context().close()
})

test('J3: large type shows big keys, and a priority class is seen by the staff', async () => {
  const kiosk = await asPlayer('kiosk', 'kiosk')
  await kiosk.getByRole('button', { name: /大字版/ }).click()
  await picture(kiosk, 'kiosk-large')
  const heights = await kiosk.locator('.lb').evaluateAll(keys => keys.map(key => key.getBoundingClientRect().height))
  assert.ok(heights.length >= 2 && heights.every(it => it >= 168), `keys of ${heights} px`)
  await assertSound(kiosk, 'kiosk in large type')
  await kiosk.context().close()

  const setup = await hub.api('GET', `/halls/${hub.demo.hall}/setup`)
  const elder = setup.classes[0]
  await hub.take(1, { priority: elder.id })
  const counter = await openCounter(browser, hub, 'staff', '4')
  await counter.getByText(elder.name).first().waitFor()
  await picture(counter, 'counter-priority')
  await counter.context().close()
})

test('a kiosk left alone goes back to its first page and forgets the number', async () => {
  const kiosk = await asPlayer('kiosk', 'kiosk')
  await kiosk.locator('.pq').first().click()
  const number = (await kiosk.locator('[data-part=number]').textContent()).trim()
  await kiosk.getByText('您好，请选择').waitFor({ timeout: 60_000 })
  const html = await kiosk.content()
  assert.ok(!html.includes(number), 'the number is gone from the page')
  const kept = await kiosk.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
  assert.ok(!kept.includes(number), 'the number is gone from the browser')
  await kiosk.context().close()
})

async function newest(number) {
  const rows = (await hub.api('GET', `/halls/${hub.demo.hall}/journal?after=0&limit=500`)).rows
  return rows.map(it => it.event.issued).find(it => it?.number === number)
}
