/** An auditor reads who did what, checks that nobody changed the record, and can change nothing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { journey } from '../kit/journey.mjs'
import { assertFits, assertSound, openPage, picture, signIn } from '../kit/people.mjs'

const PASSWORD = 'harbour-lantern-52'

let hub, browser
journey(own => { ({ hub, browser } = own) })

test('an auditor is led to the audit after signing in: list, filter, check, and nothing to change', async () => {
  const taken = await hub.take(0)
  const page = await openPage(browser, `${hub.demo.url}/login`, 'office')
  const refused = []
  page.on('response', answer => { if (answer.status() === 403) refused.push(answer.url()) })
  await signIn(page, hub, 'auditor')
  await page.waitForURL(/\/admin/)
  const main = page.getByRole('main')
  await main.getByRole('heading', { name: '审计', level: 1 }).waitFor()
  const rows = main.locator('tbody tr:not(.empty)')
  await rows.first().waitFor()
  assert.equal(await page.getByRole('navigation', { name: '站点与大厅' }).count(), 0, 'no other section')
  assert.deepEqual(await page.locator('.bar .tabs a').allTextContents(), ['首页', '审计'])

  // Everything is one list, the moves of the halls too; it is narrowed by hall, who, what and day.
  await rows.filter({ hasText: '取号' }).first().waitFor()
  await rows.filter({ hasText: '登录' }).first().waitFor()
  assert.equal(await main.getByRole('combobox', { name: '大厅' }).locator('option:checked').textContent(), '全部大厅')
  await main.getByRole('combobox', { name: '大厅' }).selectOption(hub.demo.hall)
  await rows.filter({ hasText: '登录' }).first().waitFor({ state: 'detached' })
  await main.getByRole('combobox', { name: '做了什么' }).selectOption('issued')
  await rows.filter({ hasText: /添加大厅|开始或结束/ }).first().waitFor({ state: 'detached' })
  await rows.filter({ hasText: '取号' }).first().waitFor()
  await main.getByRole('combobox', { name: '谁' }).selectOption('hub')
  await main.getByText('没有符合条件的记录').waitFor()
  await main.getByRole('combobox', { name: '谁' }).selectOption('')
  await rows.filter({ hasText: '取号' }).first().waitFor()
  await main.getByLabel('到', { exact: true }).fill('2020-01-01')
  await main.getByText('没有符合条件的记录').waitFor()
  await main.getByLabel('到', { exact: true }).fill('')
  await main.getByRole('combobox', { name: '做了什么' }).selectOption('')
  await rows.filter({ hasText: '取号' }).first().waitFor()
  // A row says to what; opened, it says all that is known of it.
  await rows.filter({ hasText: taken.number }).first().getByRole('button', { name: '取号' }).click()
  const opened = page.getByRole('dialog', { name: '取号' })
  assert.match(await opened.textContent(), new RegExp(`号码${taken.number}队列.+大厅日志第 \\d+ 条`))
  await picture(page, 'auditor-opened')
  await assertSound(page, 'auditor, a row opened')
  await assertFits(page, 'auditor, a row opened')
  await page.keyboard.press('Escape')
  await opened.waitFor({ state: 'detached' })
  assert.equal(await rows.filter({ hasText: '已吊销' }).count(), 0, 'a program that is only unknown to auditors is not called revoked')
  await main.getByRole('button', { name: '校验记录' }).click()
  await main.getByText(/条记录都在/).waitFor()
  assert.deepEqual(refused, [], 'nothing is asked for that an auditor may not read')
  for (const language of ['zh', 'en']) {
    await page.goto(`${hub.demo.url}/admin?lang=${language}`)
    await rows.first().waitFor()
    await picture(page, `auditor-${language}`)
    await assertSound(page, `auditor, ${language}`)
    await assertFits(page, `auditor, ${language}`)
  }
  await page.goto(`${hub.demo.url}/`)
  await page.locator('.bar .tabs a[href="/admin"]').click()
  await rows.first().waitFor()
  await page.context().close()
})

test('an auditor of one hall reads that hall only, and is not offered what the hub would refuse', async () => {
  const { hall } = hub.demo
  await hub.api('POST', '/people', { login: 'one.hall', name: '韩雪', staff_no: '0409', password: PASSWORD, roles: [{ role: 'auditor', hall }] })
  const page = await openPage(browser, `${hub.demo.url}/login`, 'office')
  const refused = []
  page.on('response', answer => { if (answer.status() === 403) refused.push(answer.url()) })
  await page.getByLabel('用户名').fill('one.hall')
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  const fields = page.locator('input[autocomplete=new-password]')
  for (const field of [fields.first(), fields.last()]) await field.fill(`${PASSWORD}-new`)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/admin/)
  const main = page.getByRole('main')
  await main.locator('tbody tr:not(.empty)').first().waitFor()
  const ofHall = main.getByRole('combobox', { name: '大厅' })
  assert.equal(await ofHall.inputValue(), hall)
  assert.equal(await ofHall.locator('option').count(), 1)
  assert.equal(await main.getByRole('button', { name: '校验记录' }).count(), 0)
  assert.deepEqual(refused, [])
  await page.context().close()
})
