/** J1: a visitor without an appointment, from the kiosk to the window; every face tells the same. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCounter, pressBigKey } from '../kit/counter.mjs'
import { journey } from '../kit/journey.mjs'
import { assertFits, assertSound, openPage, openPlayer, picture } from '../kit/people.mjs'

let hub, browser
journey(own => { ({ hub, browser } = own) })

const numberOn = page => page.locator('[data-part=number]').textContent().then(text => text.trim())

test('J1: a number from the kiosk, followed on the phone, called to counter 3 on every face', async () => {
  for (const _ of [1, 2]) await hub.take(0)
  const kiosk = await openPlayer(browser, hub, 'kiosk')
  const screen = await openPlayer(browser, hub, 'screen', 'hall')
  const strip = await openPage(browser, `${hub.demo.url}/strip/${hub.demo.counters[2]}`, 'strip')
  const otherStrip = await openPage(browser, `${hub.demo.url}/strip/${hub.demo.counters[3]}`, 'strip')
  await screen.locator('.hs[data-state=live]').waitFor()
  await strip.locator('[data-part=strip][data-state=live]').waitFor()

  // Step 2: types the first letters of the queue's pinyin on the keys of the screen, and sees whom to expect.
  const { queues } = await hub.api('GET', `/halls/${hub.demo.hall}/offer`)
  const wanted = queues.find(it => it.id === hub.demo.queues[0])
  await kiosk.getByRole('button', { name: /拼音查找/ }).click()
  for (const letter of wanted.letters[0].toUpperCase()) await kiosk.locator('.k', { hasText: new RegExp(`^${letter}$`) }).click()
  const card = kiosk.locator('.qi')
  assert.equal(await card.count(), 1, 'all first letters find one queue')
  assert.match(await card.textContent(), new RegExp(`${wanted.name}.*1–6 号窗口.*2 人`, 's'))
  await picture(kiosk, 'kiosk-search')
  await card.click()

  // Step 3: the number, how many are ahead, where, a code to take along, the slip.
  assert.equal(await numberOn(kiosk), 'A003')
  assert.match(await kiosk.locator('.tick').textContent(), /2 人.*前面等候.*1–6.*办理窗口/s)
  const code = kiosk.locator('img.qr')
  await code.evaluate(image => image.decode())
  await picture(kiosk, 'kiosk-done')
  await assertSound(kiosk, 'kiosk, number shown')
  await kiosk.getByRole('button', { name: '看号单' }).click()
  const slip = kiosk.getByRole('dialog').locator('img')
  await slip.evaluate(image => image.decode())
  assert.ok(await slip.evaluate(image => image.naturalHeight > image.naturalWidth), 'the slip is drawn')
  await kiosk.getByRole('button', { name: '关闭' }).click()
  await waitingOn(screen, 'A', 'A001', 3)

  // Step 4: the phone opens what the code leads to, and sees the line get shorter by itself.
  const [, key] = (await code.getAttribute('src')).match(/tickets\/([^/]+)\/qr\.svg$/)
  const phone = await openPage(browser, `${hub.demo.url}/t/${decodeURIComponent(key)}`, 'phone')
  await phone.locator('[data-part=ahead]', { hasText: /^2人$/ }).waitFor()
  assert.equal(await numberOn(phone), 'A003')
  const staff = await openCounter(browser, hub, 'staff', '3')
  await callAndFinish(staff)
  await phone.locator('[data-part=ahead]', { hasText: /^1人$/ }).waitFor()
  await callAndFinish(staff)
  await phone.locator('[data-part=ahead]', { hasText: /^0人$/ }).waitFor()
  await phone.getByText('下一位就是您').waitFor()
  await waitingOn(screen, 'A', 'A003', 1)
  await picture(phone, 'phone-waiting')
  await assertSound(phone, 'phone')

  // Step 6: counter 3 presses 'next'. The calls before have had their time in the big region.
  const anyFlash = screen.locator('[data-part=flash]')
  await anyFlash.waitFor({ state: 'detached' })
  await pressBigKey(staff, '访客已到')
  const flash = screen.locator('[data-part=flash]', { hasText: 'A003' })
  await flash.waitFor()
  assert.match(await flash.textContent(), /A003.*请到.*3.*号窗口/s)
  await picture(screen, 'screen-calling')
  const called = strip.locator('[data-part=strip].call')
  await called.waitFor()
  assert.match(await called.textContent(), /3.*请到本窗口.*A003/s)
  await picture(strip, 'strip-calling')
  await phone.locator('.ph[data-state=called]').waitFor()
  assert.match(await phone.locator('.pb.c').textContent(), /叫到您了.*A003.*请到.*3.*号窗口/s)
  await picture(phone, 'phone-called')
  assert.equal(await otherStrip.locator('[data-part=strip].call').count(), 0, 'only the strip of counter 3 calls')
  for (const [page, name] of [[screen, 'screen'], [strip, 'strip'], [phone, 'phone, called'], [staff, 'counter']]) {
    await assertSound(page, name)
    await assertFits(page, name)
  }

  // Served and finished: the phone says so, and the strip forgets the number.
  await pressBigKey(staff, '办结')
  await strip.locator('[data-part=strip].serving', { hasText: 'A003' }).waitFor()
  await phone.locator('.ph[data-state=serving]').waitFor()
  await pressBigKey(staff, '叫下一位')
  await strip.locator('[data-part=strip].open').waitFor()
  assert.ok(!(await strip.locator('[data-part=strip]').textContent()).includes('A003'))
  await phone.locator('.ph[data-state=done]').waitFor()
  await picture(phone, 'phone-done')
  for (const page of [kiosk, screen, strip, otherStrip, phone, staff]) assert.deepEqual(page.wrong, [])
  for (const page of [kiosk, screen, strip, otherStrip, phone, staff]) await page.context().close()
})

test('a kiosk left alone goes back to its first page and forgets the number', async () => {
  const kiosk = await openPlayer(browser, hub, 'kiosk')
  await kiosk.locator('.pq').first().waitFor()
  await kiosk.clock.install()
  await kiosk.locator('.pq').first().click()
  const number = await numberOn(kiosk)
  await kiosk.clock.fastForward(15_000)
  assert.equal(await numberOn(kiosk), number, 'still there before the countdown ends')
  await kiosk.clock.fastForward(10_000)
  await kiosk.getByText('您好，请选择').waitFor()
  assert.ok(!(await kiosk.content()).includes(number), 'the number is gone from the page')
  const kept = await kiosk.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
  assert.ok(!kept.includes(number), 'the number is gone from the browser')
  await kiosk.context().close()

  // A browser that is no kiosk says so before anybody chooses, and how it becomes one.
  const unpaired = await openPage(browser, `${hub.demo.url}/kiosk`, 'kiosk')
  await unpaired.getByText('还没有配对，不能取号').waitFor()
  assert.equal(await unpaired.getByRole('link', { name: '显示配对码' }).getAttribute('href'), '/pair?face=kiosk')
  await assertSound(unpaired, 'kiosk, not paired')
  await unpaired.context().close()

  // The first page of a demo leads to the kiosk that is paired: a stranger can take a number.
  const home = await openPage(browser, `${hub.demo.url}/`, 'office')
  await home.getByRole('link', { name: /取号机$/ }).first().click()
  await home.locator('.pq').first().waitFor()
  await home.getByText('还没有配对').waitFor({ state: 'detached' })
  await home.locator('.pq').first().click()
  await numberOn(home)
  await home.context().close()
})

test('a visitor who will not come gives the number up on the phone, after being asked', async () => {
  const ticket = await hub.take(1)
  const phone = await openPage(browser, `${hub.demo.url}/t/${ticket.id}`, 'phone')
  // Whoever is last cannot let anybody go first, and is told so before asking; with one behind, the question says how many.
  const later = phone.getByRole('button', { name: '我要晚一点' })
  await phone.getByText('后面没有人在等').waitFor()
  assert.ok(await later.isDisabled())
  await assertSound(phone, 'phone, nobody behind')
  await hub.take(1)
  await later.click()
  await phone.getByRole('dialog').getByText('让后面 1 人先办；还可以推 2 次').waitFor()
  await phone.getByRole('dialog').getByRole('button', { name: '晚一点' }).click()
  await phone.getByText('已往后推 1 位').waitFor()
  await phone.getByRole('button', { name: '取消取号' }).click()
  const ask = phone.getByRole('dialog')
  await ask.waitFor()
  await picture(phone, 'phone-ask')
  await assertSound(phone, 'phone, asked')
  await ask.getByRole('button').first().focus()
  await phone.keyboard.press('Escape')
  await ask.waitFor({ state: 'detached' })
  assert.equal((await hub.api('GET', `/tickets/${ticket.id}`)).state, 'waiting', 'asking cancels nothing')
  await phone.getByRole('button', { name: '取消取号' }).click()
  await phone.getByRole('dialog').locator('.danger').click()
  await phone.locator('.ph[data-state=cancelled]').waitFor()
  assert.equal((await hub.api('GET', `/tickets/${ticket.id}`)).state, 'cancelled')
  await picture(phone, 'phone-cancelled')
  await phone.context().close()
})

test('a queue that no counter serves gives no ticket at the kiosk, and says why', async () => {
  const [like] = (await hub.api('GET', `/halls/${hub.demo.hall}/setup`)).queues
  await hub.api('PUT', `/halls/${hub.demo.hall}/queues/alone`, { ...like, id: 'alone', prefix: 'U', name: '婚姻登记', name_en: 'Marriage registration', short: null, matters: [] })
  const kiosk = await openPlayer(browser, hub, 'kiosk')
  await kiosk.getByRole('button', { name: /现场取号/ }).click()
  const card = kiosk.locator('.qi.off', { hasText: '婚姻登记' })
  await card.getByText('暂无窗口办理').waitFor()
  await card.click({ force: true })
  await picture(kiosk, 'kiosk-no-counter')
  await assertFits(kiosk, 'kiosk, no counter')
  assert.equal(await kiosk.locator('.ks').getAttribute('data-page'), 'queues')
  const { queues } = await hub.api('GET', `/halls/${hub.demo.hall}/board`)
  assert.equal(queues.find(it => it.id === 'alone').waiting, 0, 'nobody was given a number')
  await kiosk.context().close()
})

/** Calls the next visitor, serves and finishes. */
async function callAndFinish(staff) {
  await pressBigKey(staff, '访客已到')
  await pressBigKey(staff, '办结')
  await pressBigKey(staff, '叫下一位')
}

/** The screen's side panel names the next number of a queue, and how many wait. */
async function waitingOn(screen, letter, next, count) {
  const row = screen.locator('[data-part=waiting] .wrow', { hasText: next }).filter({ hasText: letter })
  await row.locator('.ct', { hasText: new RegExp(`^${count}$`) }).waitFor()
}
