/** J3: an elderly visitor who wants large type and has no telephone, from the kiosk to the window. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCounter, pressBigKey } from '../kit/counter.mjs'
import { journey } from '../kit/journey.mjs'
import { assertFits, assertSound, openPage, openPlayer, picture } from '../kit/people.mjs'

/** 20 mm on the smallest kiosk panel; large type asks for this many pixels of 1920. */
const LARGE_KEY_PX = 168
const CHOICES = 3

let hub, browser
journey(own => { ({ hub, browser } = own) })

test('J3: three big keys, a priority class, a number without a telephone; called, recalled, seen as elder by staff alone', async () => {
  await hub.take(1)
  const kiosk = await openPlayer(browser, hub, 'kiosk')
  const screen = await openPlayer(browser, hub, 'screen', 'hall')
  const strip = await openPage(browser, `${hub.demo.url}/strip/${hub.demo.counters[3]}`, 'strip')
  await screen.locator('.hs[data-state=live]').waitFor()

  // Step 1: large type, three keys, one question a page.
  await kiosk.getByRole('button', { name: /大字版/ }).click()
  const keys = kiosk.locator('.lb')
  await keys.first().waitFor()
  const heights = await keys.evaluateAll(all => all.map(key => key.getBoundingClientRect().height))
  assert.equal(heights.length, CHOICES)
  assert.ok(heights.every(it => it >= LARGE_KEY_PX), `keys of ${heights} px`)
  await picture(kiosk, 'kiosk-large')
  await assertSound(kiosk, 'kiosk in large type')
  await assertFits(kiosk, 'kiosk in large type')
  const setup = await hub.api('GET', `/halls/${hub.demo.hall}/setup`)
  const queue = setup.queues.find(it => it.id === hub.demo.queues[1])
  await kiosk.getByRole('button', { name: new RegExp(queue.name) }).click()

  // Step 2: the priority class, asked on a page of its own, and printed on the slip.
  const elder = setup.classes[0]
  await kiosk.locator('[data-page=classes]').waitFor()
  await picture(kiosk, 'kiosk-large-classes')
  await assertSound(kiosk, 'kiosk, priority classes')
  await kiosk.getByRole('button', { name: new RegExp(elder.name) }).click()
  const number = (await kiosk.locator('[data-part=number]').textContent()).trim()
  assert.equal(number, 'B002')

  // Step 3: no telephone is asked for; the page says where to go.
  assert.equal(await kiosk.locator('input, textarea').count(), 0)
  assert.match(await kiosk.locator('.tick').textContent(), /1–6.*办理窗口/s)
  await kiosk.locator('img.qr').evaluate(image => image.decode())
  await picture(kiosk, 'kiosk-large-done')
  await assertSound(kiosk, 'kiosk in large type, number shown')
  await assertFits(kiosk, 'kiosk in large type, number shown')

  // Step 4: called before the one who came earlier; the console shows the class, public faces do not.
  const staff = await openCounter(browser, hub, 'staff', '4')
  await pressBigKey(staff, '访客已到')
  await staff.getByText(elder.name).first().waitFor()
  await picture(staff, 'counter-priority')
  await strip.locator('[data-part=strip].call', { hasText: number }).waitFor()
  await screen.locator('[data-part=flash]', { hasText: number }).waitFor()
  const issued = await ticketOf(number)
  const phone = await openPage(browser, `${hub.demo.url}/t/${issued.id}`, 'phone')
  await phone.locator('.pb.c', { hasText: /第 1 次呼叫/ }).waitFor()

  // Recalled: it comes again, and every face counts it.
  await screen.locator('[data-part=flash]').waitFor({ state: 'detached' })
  await staff.locator('.bigkey:not([data-deaf])').waitFor()
  await staff.getByRole('button', { name: /^重呼/ }).click()
  await screen.locator('[data-part=flash]', { hasText: number }).waitFor()
  await phone.locator('.pb.c', { hasText: /第 2 次呼叫/ }).waitFor()
  for (const page of [screen, strip]) assert.ok(!(await page.content()).includes(elder.name), 'nobody in the hall reads the class')
  for (const page of [kiosk, screen, strip, phone, staff]) {
    assert.deepEqual(page.wrong, [])
    await page.context().close()
  }
})

async function ticketOf(number) {
  const { rows } = await hub.api('GET', `/halls/${hub.demo.hall}/journal?after=0&limit=500`)
  return rows.map(it => it.event.issued).find(it => it?.number === number)
}
