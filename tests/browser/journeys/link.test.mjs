/** The hub is gone and comes back: every face says that it is not sure, and nothing old is shown as new. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { journey } from '../kit/journey.mjs'
import { assertFits, assertSound, openPage, openPlayer, picture, signIn } from '../kit/people.mjs'

let hub, browser
journey(own => { ({ hub, browser } = own) })

test('a killed hub: no face pretends; when it is back all are live again and flash nothing old', async () => {
  const [, , third] = hub.demo.counters
  await hub.command('open_counter', { counter: third })
  const called = await hub.take(0)
  const waiting = await hub.take(0)
  const screen = await openPlayer(browser, hub, 'screen', 'hall')
  // Its page speaks: untouched it would be something to see to.
  await screen.mouse.click(400, 400)
  const strip = await openPage(browser, `${hub.demo.url}/strip/${third}`, 'strip')
  const phone = await openPage(browser, `${hub.demo.url}/t/${waiting.id}`, 'phone')
  const kiosk = await openPlayer(browser, hub, 'kiosk')
  const wall = await openPage(browser, `${hub.demo.url}/login`, 'hall')
  await signIn(wall, hub, 'administrator')
  const admin = await wall.context().newPage()
  admin.wrong = []
  await admin.goto(`${hub.demo.url}/admin#/hall/${hub.demo.hall}/basic`)
  await admin.getByLabel('中文名').first().fill('一楼大厅')
  const pick = await wall.context().newPage()
  pick.wrong = []
  await pick.goto(`${hub.demo.url}/counter`)
  await pick.getByText('2 号窗口', { exact: true }).click()
  await wall.goto(`${hub.demo.url}/wall`)
  await wall.getByText('没有要处理的事').waitFor()
  await screen.locator('.hs[data-state=live]').waitFor()
  await strip.locator('.sp.open').waitFor()
  await phone.locator('[data-part=ahead]').waitFor()
  await kiosk.locator('.pq').first().waitFor()
  await hub.command('call_next', { counter: third })
  await screen.locator('[data-part=flash]', { hasText: called.number }).waitFor()
  await keepWatchFor(screen, '[data-part=flash]')

  await hub.kill()
  await screen.locator('[data-part=not-live]').waitFor()
  // Strips are as dead as the screen, and nobody speaks: only people help now.
  assert.match(await screen.locator('.lostnote').textContent(), /工作人员叫号.*咨询台.*Listen to staff/s)
  assert.doesNotMatch(await screen.locator('[data-part=ticker]').textContent(), /随时/)
  assert.equal(await screen.locator('[data-part=flash]').count(), 0, 'no call stands in amber while nobody knows')
  for (const count of await screen.locator('[data-part=waiting] .ct').allTextContents()) assert.equal(count.trim(), '—')
  await strip.locator('.sp.lost').waitFor()
  assert.ok(!(await strip.locator('.sp').textContent()).includes(called.number))
  await phone.locator('.pb.lost').waitFor()
  assert.equal(await phone.locator('[data-part=ahead]').count(), 0, 'no figure without the live mark')
  assert.ok((await phone.locator('[data-part=number]').textContent()).includes(waiting.number), 'the number stays')
  await kiosk.locator('.pq').first().click().catch(() => null)
  await kiosk.getByText('暂时无法取号').first().waitFor()
  await wall.locator('.wl.away').waitFor()
  assert.equal(await wall.getByText('没有要处理的事').count(), 0, 'nobody knows whether there is something to do')
  for (const figure of await wall.locator('.sum .num').allTextContents()) assert.equal(figure, '—')
  await admin.locator('.not-live-bar').waitFor()
  await pick.locator('.not-live-bar').waitFor()
  await pick.getByRole('button', { name: '等待连接' }).and(pick.locator('[aria-disabled=true]')).waitFor()
  assert.equal(await admin.getByLabel('中文名').first().inputValue(), '一楼大厅', 'what was typed stays')
  for (const [page, name] of [[screen, 'screen'], [strip, 'strip'], [phone, 'phone'], [kiosk, 'kiosk'], [wall, 'wall'], [admin, 'admin'], [pick, 'pick']]) {
    await picture(page, `${name}-lost`)
    await assertSound(page, `${name}, hub gone`)
    await assertFits(page, `${name}, hub gone`)
  }

  await screen.evaluate(() => { window.flashes = 0 })
  await hub.start()
  await screen.locator('.hs[data-state=live]').waitFor()
  await strip.locator('.sp.call', { hasText: called.number }).waitFor()
  await phone.locator('[data-part=ahead]').waitFor()
  await kiosk.locator('.pq').first().waitFor()
  await wall.getByText('没有要处理的事').waitFor()
  await admin.locator('.not-live-bar').waitFor({ state: 'detached' })
  assert.equal(await screen.evaluate(() => window.flashes), 0, 'the call of before is drawn, not flashed')
  assert.ok((await screen.locator('.left').textContent()).includes(called.number), 'the call of before is still there')

  await hub.command('recall', { counter: third })
  await screen.locator('[data-part=flash]', { hasText: called.number }).waitFor()
  for (const page of [screen, strip, phone, kiosk, wall]) await page.context().close()
})

test('who wants no motion gets none: the call stands still, as long as it would', async () => {
  const [first] = hub.demo.counters
  await hub.command('open_counter', { counter: first })
  const screen = await openPlayer(browser, hub, 'screen', 'hall', 0, { reducedMotion: 'reduce' })
  const strip = await openPage(browser, `${hub.demo.url}/strip/${first}`, 'strip', {}, { reducedMotion: 'reduce' })
  await screen.locator('.hs[data-state=live]').waitFor()
  await strip.locator('.sp.open').waitFor()
  await hub.command('call_next', { counter: first })
  await screen.locator('[data-part=flash]').waitFor()
  await strip.locator('.sp.call').waitFor()
  for (const page of [screen, strip]) assert.deepEqual(await page.evaluate(() => document.getAnimations().filter(it => it.playState === 'running').length), 0)
  assert.equal(await screen.locator('.pulsing').count() + await strip.locator('.pulsing').count(), 0)
  await picture(screen, 'screen-calm')
  for (const page of [screen, strip]) await page.context().close()
})

test('the kiosk and the ticket page work with a keyboard alone', async () => {
  const kiosk = await openPlayer(browser, hub, 'kiosk')
  await kiosk.locator('.pq').first().waitFor()
  await tabTo(kiosk, '.pq')
  const ring = await kiosk.evaluate(() => parseFloat(getComputedStyle(document.activeElement).outlineWidth))
  assert.ok(ring >= 3, `a ring of ${ring} px`)
  await kiosk.keyboard.press('Enter')
  await kiosk.locator('[data-part=number]').waitFor()
  const [, key] = (await kiosk.locator('img.qr').getAttribute('src')).match(/tickets\/([^/]+)\//)
  await tabTo(kiosk, '.extra .kbtn')
  await kiosk.keyboard.press('Enter')
  await kiosk.getByRole('dialog').waitFor()
  await kiosk.keyboard.press('Escape')
  await kiosk.getByRole('dialog').waitFor({ state: 'detached' })
  await kiosk.waitForFunction(() => document.activeElement.matches('.extra .kbtn'))
  await tabTo(kiosk, '.kf .main')
  await kiosk.keyboard.press('Enter')
  await kiosk.getByText('您好，请选择').waitFor()
  await kiosk.context().close()

  const phone = await openPage(browser, `${hub.demo.url}/t/${key}`, 'phone')
  await phone.locator('.pf .pbtn').first().waitFor()
  await tabTo(phone, '.pbtn.danger')
  await phone.keyboard.press('Enter')
  await phone.getByRole('dialog').waitFor()
  await phone.keyboard.press('Escape')
  await phone.getByRole('dialog').waitFor({ state: 'detached' })
  await phone.waitForFunction(() => document.activeElement.matches('.pbtn.danger')) // the focus is back where it was
  await phone.context().close()
})

/** Presses Tab until something that matches has the focus. */
async function tabTo(page, selector) {
  const STEPS_MAX = 60
  for (let n = 0; n < STEPS_MAX; n += 1) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(wanted => document.activeElement.matches(wanted), selector)) return
  }
  assert.fail(`${selector} was never reached with Tab`)
}

/** Counts every time something that matches comes into the page. */
async function keepWatchFor(page, selector) {
  await page.evaluate(wanted => {
    window.flashes = 0
    new MutationObserver(changes => {
      for (const { addedNodes } of changes) for (const node of addedNodes) if (node.matches?.(wanted) || node.querySelector?.(wanted)) window.flashes += 1
    }).observe(document.body, { childList: true, subtree: true })
  }, selector)
}
