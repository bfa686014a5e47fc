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

test('many priority classes in large type: all fit, or a key says that there is more below and leads there', async () => {
  const { classes: [like] } = await hub.api('GET', `/halls/${hub.demo.hall}/setup`)
  /** Every key of the list that stands whole above its lower edge. */
  const inSight = kiosk => kiosk.locator('.choices .qi').evaluateAll(keys => keys
    .filter(key => { const [box, list] = [key, key.parentElement].map(it => it.getBoundingClientRect()); return box.top >= list.top - 1 && box.bottom <= list.bottom + 1 })
    .map(key => key.textContent.trim()))
  const toClasses = async (more = {}) => {
    const kiosk = await openPlayer(browser, hub, 'kiosk', more.size ?? 'kiosk')
    await kiosk.getByRole('button', { name: /大字版/ }).click()
    if (more.low) await kiosk.getByRole('button', { name: /低位/ }).click()
    await kiosk.locator('.lb').first().click()
    await kiosk.locator('[data-page=classes] .choices .qi').first().waitFor()
    return kiosk
  }
  const more = kiosk => kiosk.getByRole('button', { name: '下面还有' })

  await hub.api('PUT', `/halls/${hub.demo.hall}/classes/fifth`, { ...like, id: 'fifth', name: '消防救援人员', name_en: 'Fire fighters' })
  const five = await toClasses()
  assert.equal((await inSight(five)).length, 6, 'five classes and the ordinary ticket')
  assert.equal(await more(five).count(), 0)
  await picture(five, 'kiosk-large-five-classes')
  await five.context().close()

  for (const n of [6, 7, 8]) await hub.api('PUT', `/halls/${hub.demo.hall}/classes/more${n}`, { ...like, id: `more${n}`, name: `第 ${n} 类优先`, name_en: `Class ${n}` })
  for (const size of ['kiosk', 'kioskLying']) {
    const kiosk = await toClasses({ size })
    const all = (await kiosk.locator('.choices .qi').allTextContents()).map(it => it.trim())
    await more(kiosk).waitFor()
    const foot = await kiosk.locator('.kf .kbtn').evaluateAll(keys => Math.max(...keys.map(key => key.getBoundingClientRect().bottom)))
    assert.ok(foot <= kiosk.viewportSize().height, `the keys at the foot end at ${foot}`)
    await picture(kiosk, `kiosk-large-many-classes-${size}`)
    await assertSound(kiosk, 'kiosk, many classes')
    await assertFits(kiosk, 'kiosk, many classes')
    const seen = new Set(await inSight(kiosk))
    while (await more(kiosk).count()) {
      await more(kiosk).click()
      await kiosk.waitForTimeout(600)
      for (const it of await inSight(kiosk)) seen.add(it)
    }
    assert.deepEqual([...seen].sort(), [...all].sort(), 'each was in sight, one after the other')
    await kiosk.locator('.choices .qi').last().click()
    await kiosk.locator('[data-part=number]').waitFor()
    await kiosk.context().close()
  }
})

async function ticketOf(number) {
  const { rows } = await hub.api('GET', `/halls/${hub.demo.hall}/journal?after=0&limit=500`)
  return rows.map(it => it.event.issued).find(it => it?.number === number)
}
