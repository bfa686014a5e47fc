/** Forms of the administration lose nothing: not by the back key, not when the session ends, not when somebody else was faster. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawer } from '../kit/counter.mjs'
import { journey } from '../kit/journey.mjs'
import { assertFits, assertSound, openAdmin, picture, tabOf } from '../kit/people.mjs'

let hub, browser, page
journey(async own => {
  ({ hub, browser } = own)
  page = await openAdmin(browser, hub)
})

const main = () => page.getByRole('main')
const tab = name => tabOf(page, name)
const open = async name => { await main().getByRole('button', { name, exact: true }).click(); return drawer(page, name) }
const here = () => page.evaluate(() => location.hash)
const unsaved = () => page.getByRole('dialog', { name: '改动还没有保存' })

test('the back key of the browser asks about what is not saved, and goes where one meant to go', async () => {
  await tab('窗口')
  await tab('队列')
  const at = await here()
  const form = await open('综合受理')
  await form.getByLabel('每日取号上限').fill('80')
  for (const answer of ['留下', '不保存，离开']) {
    await page.evaluate(() => history.back())
    await unsaved().waitFor()
    assert.equal(await here(), at, 'the address says what is shown')
    await unsaved().getByRole('button', { name: answer }).click()
    await unsaved().waitFor({ state: 'detached' })
    if (answer === '留下') assert.equal(await form.getByLabel('每日取号上限').inputValue(), '80')
  }
  await main().getByRole('button', { name: '新窗口' }).waitFor()
  assert.match(await here(), /counters$/)
  // Forward again, with nothing to lose, nothing is asked.
  await page.evaluate(() => history.forward())
  await main().getByRole('button', { name: '新队列' }).waitFor()
  assert.equal(await here(), at)
  // An address that was typed is asked about too.
  await (await open('综合受理')).getByLabel('每日取号上限').fill('81')
  await page.evaluate(() => { location.hash = '#/people' })
  await unsaved().getByRole('button', { name: '留下' }).click()
  assert.equal(await here(), at)
  await page.evaluate(() => { location.hash = '#/people' })
  await unsaved().getByRole('button', { name: '不保存，离开' }).click()
  await main().getByRole('button', { name: '新人员' }).waitFor()
  await page.evaluate(() => history.back())
  await main().getByRole('button', { name: '新队列' }).waitFor()
})

test('a session that ends under a form is said at once, and one signs in over it and saves', async () => {
  const form = await open('综合受理')
  await form.getByLabel('每日取号上限').fill('70')
  const { csrf } = await (await page.request.get(`${hub.demo.url}/api/v1/me`)).json()
  await page.request.delete(`${hub.demo.url}/api/v1/session`, { headers: { 'x-csrf-token': csrf } })
  const banner = page.locator('.not-live-bar')
  await banner.getByText('登录已失效，请重新登录').waitFor()
  await banner.getByText('输入的内容还在').waitFor()
  await picture(page, 'admin-signed-out')
  await assertSound(page, 'admin, signed out')
  await assertFits(page, 'admin, signed out')
  await banner.getByRole('button', { name: '重新登录' }).click()
  const again = page.getByRole('dialog', { name: '重新登录' })
  await picture(page, 'admin-sign-in-again')
  await assertSound(page, 'admin, signing in again')
  await page.keyboard.press('Escape')
  await again.waitFor({ state: 'detached' })
  await banner.getByRole('button', { name: '重新登录' }).click()
  const { login, password } = hub.user('administrator')
  await again.locator('input[name=login]').fill(login)
  await again.locator('input[type=password]').fill(password)
  await page.keyboard.press('Enter')
  await again.waitFor({ state: 'detached' })
  await banner.waitFor({ state: 'detached' })
  assert.equal(await form.getByLabel('每日取号上限').inputValue(), '70')
  await form.getByRole('button', { name: '保存', exact: true }).click()
  await form.getByText('没有改动').waitFor()
  const { queues } = await hub.api('GET', `/halls/${hub.demo.hall}/setup`)
  assert.equal(queues.find(it => it.name === '综合受理').quota, 70)
})

test('removing what somebody else has just changed speaks of removing: look first, or remove it anyway', async () => {
  await tab('区域')
  const setup = () => hub.api('GET', `/halls/${hub.demo.hall}/setup`)
  await hub.api('PUT', `/halls/${hub.demo.hall}/zones/spare`, { id: 'spare', name: '备用区', name_en: 'Spare area', floor: '1' })
  await page.reload()
  const form = await open('备用区')
  const theirs = (await setup()).zones.find(it => it.id === 'spare')
  await hub.api('PUT', `/halls/${hub.demo.hall}/zones/spare`, { ...theirs, floor: '2' })
  const remove = async () => {
    await form.getByRole('button', { name: '删除', exact: true }).click()
    await page.getByRole('dialog', { name: '删除 备用区' }).getByRole('button', { name: '删除', exact: true }).click()
  }
  await remove()
  const conflict = form.locator('.conflict')
  await conflict.getByText('刚才改了您要删除的这一项').waitFor()
  await conflict.getByText('1 → 2').waitFor()
  assert.doesNotMatch(await form.locator('.conflict, .foot-why').allTextContents().then(all => all.join()), /保存/)
  await picture(page, 'admin-conflict-remove')
  await assertSound(page, 'admin, a removal that somebody forestalled')
  await conflict.getByRole('button', { name: '先不删除，看对方的改动' }).click()
  await conflict.waitFor({ state: 'detached' })
  assert.equal(await form.getByLabel('楼层').inputValue(), '2')
  await hub.api('PUT', `/halls/${hub.demo.hall}/zones/spare`, { ...theirs, floor: '3' })
  await remove()
  await conflict.getByRole('button', { name: '仍然删除' }).click()
  await form.waitFor({ state: 'detached' })
  assert.equal((await setup()).zones.some(it => it.id === 'spare'), false)
})

test('every key of the administration is reached without a mouse, in the order it is read, and shows that it is', async () => {
  await page.reload()
  await main().getByRole('heading', { level: 1 }).waitFor()
  const stops = []
  for (let n = 0; n < 60; n += 1) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const at = document.activeElement
      if (!at || at === document.body) return null
      const { top, left, height } = at.getBoundingClientRect()
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at)
      const wrap = at.closest('.input')
      const seen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 || boxShadow !== 'none' || !!wrap && getComputedStyle(wrap).outlineStyle !== 'none'
      return { name: at.getAttribute('aria-label') || at.textContent.trim(), part: at.closest('.bar, .sn, .am, .drawer')?.className.split(' ')[0] ?? '', top, left, height, seen }
    })
    if (!stop) break
    stops.push(stop)
  }
  assert.deepEqual(stops.filter(it => !it.seen).map(it => it.name), [], 'the focus is seen everywhere')
  assert.deepEqual([...new Set(stops.map(it => it.part))], ['bar', 'sn', 'am'], 'the bar, the tree, the page')
  // A row opens by key, its drawer has the focus; Escape closes it and gives the focus back.
  const row = main().getByRole('button', { name: '东侧等候区', exact: true })
  await row.focus()
  await page.keyboard.press('Enter')
  const form = drawer(page, '东侧等候区')
  await form.waitFor()
  assert.equal(await form.evaluate(it => it.contains(document.activeElement)), true)
  await page.keyboard.type('新')
  await page.keyboard.press('Escape')
  await unsaved().waitFor()
  await page.keyboard.press('Escape')
  await unsaved().waitFor({ state: 'detached' })
  assert.equal(await form.evaluate(it => it.contains(document.activeElement)), true, 'whoever stays goes on typing')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await form.waitFor({ state: 'detached' })
  assert.equal(await row.evaluate(it => document.activeElement === it), true)
})
