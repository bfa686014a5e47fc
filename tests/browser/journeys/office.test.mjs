/** The pages of staff, read by axe-core in both languages: sign-in, counter, wall, every section of the administration. */
import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { awake, chooseCounter, closeCounters, pressBigKey } from '../kit/counter.mjs'
import { journey } from '../kit/journey.mjs'
import { assertFits, assertSound, openPage, picture, signIn } from '../kit/people.mjs'

let hub, browser
journey(async own => {
  ({ hub, browser } = own)
  for (const queue of [0, 0, 1, 2, 3]) await hub.take(queue)
})
afterEach(() => closeCounters(hub))

const LANGUAGES = ['zh', 'en']
const SECTIONS = ['sites', 'players', 'people', 'tokens', 'audit']
const TABS = ['basic', 'queues', 'counters', 'zones', 'rules', 'check']
const KEYS = { KeyF: 'find', KeyW: 'why', 'Shift+Slash': 'keys', KeyN: 'note', KeyX: 'more', KeyT: 'transfer' }

for (const language of LANGUAGES) {
  test(`sign-in and a forgotten password are sound (${language})`, async () => {
    const page = await openPage(browser, `${hub.demo.url}/login?lang=${language}`, 'office')
    await page.locator('input[name=login]').waitFor()
    await page.keyboard.press('Enter')
    await page.locator('.why').first().waitFor()
    await assertSound(page, `login, ${language}`)
    // Who has a second proof types the code next.
    await page.route('**/api/v1/session', route => route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{"status": 401, "code": "second_proof_needed"}' }), { times: 1 })
    await page.locator('input[name=login]').fill('li.na')
    await page.locator('input[type=password]').fill('not asked here')
    await page.keyboard.press('Enter')
    await page.locator('input[autocomplete=one-time-code]:focus').waitFor()
    await picture(page, `login-code-${language}`)
    await assertSound(page, `login with a code, ${language}`)
    await page.locator('.login-foot button').last().click()
    await assertSound(page, `reset, ${language}`)
    await page.setViewportSize({ width: 390, height: 844 })
    await assertFits(page, `reset, ${language}`)
    await page.context().close()
  })

  test(`the counter is sound, idle, calling and with each drawer (${language})`, async () => {
    const page = await openPage(browser, `${hub.demo.url}/login`, 'office')
    await signIn(page, hub, 'staff')
    await page.goto(`${hub.demo.url}/counter`)
    await chooseCounter(page, '3')
    await page.goto(`${hub.demo.url}/counter?lang=${language}`)
    await awake(page)
    await assertSound(page, `counter, idle, ${language}`)
    await pressBigKey(page, language === 'zh' ? '访客已到' : /here|start/i)
    await assertSound(page, `counter, calling, ${language}`)
    for (const [code, name] of Object.entries(KEYS)) {
      await page.keyboard.press(code)
      await page.locator('.drawer').waitFor()
      await assertSound(page, `counter, ${name}, ${language}`)
      await picture(page, `counter-${name}-${language}`)
      await page.keyboard.press('Escape')
      await page.locator('.drawer').waitFor({ state: 'detached' })
    }
    for (const width of [683, 390]) {
      await page.setViewportSize({ width, height: 768 })
      await assertFits(page, `counter, ${width}, ${language}`)
    }
    await page.context().close()
  })

  test(`the wall is sound, with what can be done to a counter, a queue and the hall (${language})`, async () => {
    const page = await openPage(browser, `${hub.demo.url}/login`, 'hall')
    await signIn(page, hub, 'supervisor')
    await page.goto(`${hub.demo.url}/wall?lang=${language}`)
    await page.locator('.cx').first().waitFor()
    await assertSound(page, `wall, ${language}`)
    for (const [part, name] of [['.cx', 'counter'], ['.qx', 'queue'], ['.wh .btn:not(.quiet, .main)', 'hall']]) {
      await page.locator(part).first().click()
      await page.locator('.ap').waitFor()
      // Who calls now: the hall's own mode is pressed, others say that they go by it.
      await page.locator(name === 'hall' ? '.ap [aria-pressed=true]' : '.ap-mode').waitFor()
      await assertSound(page, `wall, ${name}, ${language}`)
      await picture(page, `wall-${name}-${language}`)
      await page.keyboard.press('Escape')
      await page.locator('.ap').waitFor({ state: 'detached' })
    }
    await page.context().close()
  })

  test(`every section of the administration is sound (${language})`, async () => {
    const page = await openPage(browser, `${hub.demo.url}/login`, 'office')
    await signIn(page, hub, 'administrator')
    for (const at of [...SECTIONS, ...TABS.map(tab => `hall/${hub.demo.hall}/${tab}`)]) {
      await page.goto(`${hub.demo.url}/admin?lang=${language}#/${at}`)
      await page.reload()
      await page.locator('main.am h1').waitFor()
      const name = `admin-${at.split('/').pop()}`
      await assertSound(page, `${name}, ${language}`)
      await picture(page, `${name}-${language}`)
      const row = page.locator('main.am tbody .row-name').first()
      if (!await row.count()) continue
      await row.click()
      await page.locator('.drawer').waitFor()
      await assertSound(page, `${name}, drawer, ${language}`)
      await picture(page, `${name}-drawer-${language}`)
    }
    await page.context().close()
  })
}

test('a counter on a low desk screen: every key whole, nothing cut with dots, nothing to be scrolled to', async () => {
  const page = await openPage(browser, `${hub.demo.url}/login`, 'officeLow')
  await signIn(page, hub, 'staff')
  await page.goto(`${hub.demo.url}/counter`)
  await chooseCounter(page, '2')
  await pressBigKey(page, '访客已到')
  for (const language of LANGUAGES) {
    if (language === 'en') await page.locator('.ct-lang').click()
    const name = `counter-low-${language}`
    await picture(page, name)
    await assertFits(page, name)
    const wrong = await page.evaluate(() => {
      const outside = [...document.querySelectorAll('.acts .btn')].filter(key => {
        const words = key.querySelector('span').getBoundingClientRect()
        const [box, cap] = [key.getBoundingClientRect(), key.querySelector('.key').getBoundingClientRect()]
        return words.top < box.top || words.bottom > box.bottom || words.right > cap.left || key.scrollWidth > key.clientWidth
      })
      const dots = [...document.querySelectorAll('.ct-bar *')].filter(it => it.scrollHeight > it.clientHeight + 2 && getComputedStyle(it).overflowY === 'hidden')
      const now = document.querySelector('.now')
      return [...outside, ...dots, ...(now.scrollHeight > now.clientHeight ? [now] : [])].map(it => it.textContent)
    })
    assert.deepEqual(wrong, [], name)
  }
  await page.locator('.ct-lang').click()
  await page.context().close()
})

test('who may not look after a hall is told so at the wall, and led on to a first page without doors that stay shut', async () => {
  const page = await openPage(browser, `${hub.demo.url}/login`, 'hall')
  await signIn(page, hub, 'editor')
  await page.goto(`${hub.demo.url}/wall`)
  await page.getByText('您还没有任何大厅的值班权限').waitFor()
  await assertSound(page, 'wall, refused')
  await page.getByRole('link', { name: '首页' }).last().click()
  await page.getByText('编辑的页面还没有').waitFor()
  assert.equal(await page.locator('.way[href="/counter"], .way[href="/wall"], .way[href="/admin"]').count(), 0)
  await assertSound(page, 'home, editor')
  await page.context().close()
})
