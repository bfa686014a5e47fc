/** C-15 and C-18: a supervisor at the wall opens, sends, finishes and stops for others, and says who calls: staff or the hub. */
import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { closeCounters, openCounter, pressBigKey } from '../kit/counter.mjs'
import { journey } from '../kit/journey.mjs'
import { assertFits, assertSound, openPage, openPlayer, picture, signIn } from '../kit/people.mjs'

let hub, browser
journey(own => { ({ hub, browser } = own) })
afterEach(async () => {
  await hub.command('set_mode', { mode: 'manual' })
  await closeCounters(hub)
})

const board = () => hub.api('GET', `/halls/${hub.demo.hall}/board`)
const counterOf = async label => (await board()).counters.find(it => it.label === label)
const panel = page => page.locator('.ap')
const tile = (page, label) => page.locator('.cx').filter({ has: page.locator('.t b', { hasText: new RegExp(`^${label}$`) }) })
/** What was pressed asks once, and is then done. */
const agree = async page => {
  await page.locator('dialog.ask footer .btn').last().click()
  await page.locator('dialog.ask').waitFor({ state: 'detached' })
}
/** Waits until the hub has it as it should be; the page was told that it is done, the board is read anew. */
async function becomes(read, wanted) {
  const until = Date.now() + 10_000
  let last
  while (Date.now() < until) {
    last = await read()
    if (JSON.stringify(last) === JSON.stringify(wanted)) return
    await new Promise(done => setTimeout(done, 100))
  }
  assert.deepEqual(last, wanted)
}

async function openWall() {
  const page = await openPage(browser, `${hub.demo.url}/login`, 'hall')
  await signIn(page, hub, 'supervisor')
  await page.goto(`${hub.demo.url}/wall`)
  await page.locator('.cx').first().waitFor()
  return page
}

test('C-18: opens a counter for a named person, who finds it open at the counter page', async () => {
  const wall = await openWall()
  await tile(wall, '2').click()
  const who = panel(wall).getByLabel('由谁办理')
  await who.locator('option', { hasText: '陈强 0102' }).waitFor({ state: 'attached' })
  assert.equal(await who.locator('option', { hasText: '马超' }).count(), 0, 'an auditor serves nobody')
  await who.selectOption({ label: '陈强 0102' })
  await panel(wall).getByRole('button', { name: '开放窗口' }).click()
  await agree(wall)
  await panel(wall).getByText('工号 0102').waitFor()
  await picture(wall, 'wall-opened-for')

  const page = await openPage(browser, `${hub.demo.url}/login`, 'office')
  await signIn(page, hub, 'staff', 1)
  await page.goto(`${hub.demo.url}/counter`)
  await page.locator('.bigkey').waitFor()
  assert.match(await page.locator('body').textContent(), /2\s*号窗口/)

  // Whoever is at a counter is not offered for another one.
  await tile(wall, '3').click()
  await panel(wall).getByLabel('由谁办理').locator('option:disabled', { hasText: '陈强 0102（在 2 号窗口）' }).waitFor({ state: 'attached' })
  for (const it of [page, wall]) await it.context().close()
})

test('C-18: sends a waiting ticket and one that is being served to a named counter', async () => {
  const [first, second, third] = [await hub.take(0), await hub.take(0), await hub.take(0)]
  const page = await openCounter(browser, hub, 'staff', '2', 1)
  const other = await openCounter(browser, hub, 'staff', '1')
  const wall = await openWall()
  await wall.locator('.qx').filter({ hasText: 'A' }).first().waitFor()
  await wall.locator('.qx', { hasText: (await hub.api('GET', `/halls/${hub.demo.hall}/setup`)).queues[0].name }).click()
  await panel(wall).getByRole('button', { name: '送到窗口' }).click()
  await panel(wall).getByText('先选号码和窗口').waitFor()
  await panel(wall).getByLabel('哪个号码').selectOption({ label: third.number })
  const goals = panel(wall).getByLabel('到哪个窗口')
  assert.equal(await goals.locator('option', { hasText: '6 号窗口' }).count(), 0, 'a closed counter calls nobody')
  await goals.selectOption(hub.demo.counters[1])
  await panel(wall).getByLabel('排在最前').check()
  await picture(wall, 'wall-send')
  await assertSound(wall, 'wall, sending')
  await assertFits(wall, 'wall, sending')
  await panel(wall).getByRole('button', { name: '送到窗口' }).click()
  await agree(wall)
  await panel(wall).getByText(`${third.number} 已送到 2 号窗口`).waitFor()
  await panel(wall).locator('.ap-list li', { hasText: third.number }).getByText('等 2 号窗口').waitFor()
  await page.locator('.mid .n.next', { hasText: third.number }).waitFor()
  await pressBigKey(page, '访客已到')
  assert.equal((await counterOf('2')).ticket, third.ref)

  await pressBigKey(other, '访客已到')
  await pressBigKey(other, '办结')
  assert.equal((await counterOf('1')).ticket, first.ref)
  await tile(wall, '1').click()
  await panel(wall).getByLabel('到哪个窗口').selectOption(hub.demo.counters[1])
  await panel(wall).getByRole('button', { name: '送到窗口' }).click()
  await agree(wall)
  await panel(wall).getByText(`${first.number} 已送到 2 号窗口`).waitFor()
  await other.locator('.bigkey', { hasText: '叫下一位' }).waitFor()
  const moved = (await board()).tickets.find(it => it.ref === first.ref)
  assert.deepEqual([moved.state, moved.counter], ['waiting', hub.demo.counters[1]])
  await hub.command('cancel', { ticket: second.id })
  for (const it of [page, other, wall]) await it.context().close()
})

test('C-18: finishes for others, closes their counter, and stops a queue', async () => {
  await hub.take(1)
  const page = await openCounter(browser, hub, 'staff', '4')
  await pressBigKey(page, '访客已到')
  await pressBigKey(page, '办结')
  const wall = await openWall()
  await tile(wall, '4').click()
  await panel(wall).getByRole('button', { name: /代办结/ }).click()
  await agree(wall)
  await page.locator('.bigkey', { hasText: '叫下一位' }).waitFor()
  await panel(wall).getByRole('button', { name: '关闭窗口' }).click()
  await agree(wall)
  await becomes(async () => (await counterOf('4')).state, 'closed')
  await wall.keyboard.press('Escape')
  await wall.locator('.qx').nth(1).click()
  await panel(wall).getByRole('button', { name: '暂停取号' }).click()
  await agree(wall)
  await panel(wall).getByRole('button', { name: '恢复取号' }).click()
  await agree(wall)
  await panel(wall).getByRole('button', { name: '暂停取号' }).waitFor()
  for (const it of [page, wall]) await it.context().close()
})

test('an announcement from the wall tells where it will stand, stands beside the state of a counter, and is withdrawn', async () => {
  const wall = await openWall()
  await wall.getByRole('button', { name: '广播', exact: true }).click()
  const broadcast = wall.locator('.bc')
  await broadcast.getByRole('textbox').fill('三号窗口今天提前下班')
  await broadcast.locator('.bc-go').click()
  assert.match(await wall.locator('dialog.ask').textContent(), /整个大厅.*15 分钟/s)
  await picture(wall, 'wall-announce')
  await assertFits(wall, 'wall, announcing')
  const strip = await openPage(browser, `${hub.demo.url}/strip/${hub.demo.counters[4]}`, 'strip')
  await agree(wall)
  await strip.locator('.sp.shut [data-part=announcement]', { hasText: '三号窗口今天提前下班' }).waitFor()
  await strip.locator('.who', { hasText: '已下班' }).waitFor()
  const running = broadcast.getByRole('region', { name: '正在显示的通知' })
  await running.getByText('整个大厅 · 还有 15 分').waitFor()
  const screen = await openPlayer(browser, hub, 'screen', 'hall')
  await screen.locator('[data-part=caption]', { hasText: '三号窗口今天提前下班' }).waitFor()

  // Asked once, it leaves the wall, the strip and the screen at once.
  await running.getByRole('button', { name: '撤下' }).click()
  assert.match(await wall.locator('dialog.ask').textContent(), /所有屏幕.*三号窗口今天提前下班/s)
  for (const [size, height] of [[1920, 1080], [1366, 768]]) {
    await wall.setViewportSize({ width: size, height })
    await assertFits(wall, `wall, withdrawing, ${size}`)
    await picture(wall, `wall-withdraw-${size}`)
    const letters = await wall.locator('dialog.ask').evaluate(box => [...box.querySelectorAll('p, .btn')].map(it => parseFloat(getComputedStyle(it).fontSize)))
    const least = size === 1920 ? 20 : 16
    assert.ok(letters.every(it => it >= least), `${letters} are read on a wall of ${size} px`)
  }
  await assertSound(wall, 'wall, withdrawing')
  const [{ id }] = (await board()).notices
  await agree(wall)
  await running.getByText('已撤下').waitFor()
  await running.getByText('现在没有通知').waitFor()
  await strip.locator('[data-part=announcement]').waitFor({ state: 'detached' })
  await screen.locator('[data-part=caption]', { hasText: '三号窗口今天提前下班' }).waitFor({ state: 'detached' })
  await assert.rejects(hub.command('withdraw', { announcement: id }), /404|no_such/)
  for (const it of [wall, strip, screen]) await it.context().close()
})

test('C-15: by hand nothing moves without staff; automatic gives an idle counter the next ticket; mixed only in chosen queues', async () => {
  for (const { ref, state } of (await board()).tickets) if (state === 'waiting') await hub.command('cancel', { ticket: ref })
  const page = await openCounter(browser, hub, 'staff', '3')
  const screen = await openPlayer(browser, hub, 'screen', 'hall')
  await screen.locator('.hs[data-state=live]').waitFor()
  const wall = await openWall()
  const say = async (open, mode) => {
    await open()
    await panel(wall).getByRole('button', { name: mode, exact: true }).click()
    await agree(wall)
    await wall.keyboard.press('Escape')
    await panel(wall).waitFor({ state: 'detached' })
  }
  const ofHall = () => wall.getByRole('button', { name: '大厅操作' }).click()
  const serve = async () => {
    await pressBigKey(page, '办结')
    await pressBigKey(page, '叫下一位')
  }

  // By hand: the number is in sight, the counter stays idle until its key is pressed.
  const byHand = await hub.take(0)
  await page.locator('.mid .n.next', { hasText: byHand.number }).waitFor()
  assert.equal((await counterOf('3')).state, 'open')

  // Automatic: who waits is called at once, and so is who comes later, without a press.
  await say(ofHall, '自动分配')
  await wall.locator('[data-part=mode]', { hasText: '自动分配' }).waitFor()
  await page.locator('.bigkey', { hasText: '访客已到' }).waitFor()
  assert.equal((await counterOf('3')).ticket, byHand.ref)
  await screen.locator('[data-part=flash]', { hasText: byHand.number }).waitFor()
  await serve()
  const byItself = await hub.take(0)
  await page.locator('.bigkey', { hasText: '访客已到' }).waitFor()
  assert.equal((await counterOf('3')).ticket, byItself.ref)
  await picture(page, 'counter-automatic')
  await serve()

  // Mixed: only the queue that is set to it is given out.
  await say(ofHall, '混合')
  await say(() => wall.locator('.qx', { hasText: '不动产登记' }).click(), '自动分配')
  await wall.locator('[data-part=mode]', { hasText: '混合' }).waitFor()
  await wall.locator('.qx', { hasText: '不动产登记' }).locator('.b', { hasText: '自动分配' }).waitFor()
  await assertFits(wall, 'wall')
  const waits = await hub.take(0)
  await page.locator('.mid .n.next', { hasText: waits.number }).waitFor()
  assert.equal((await counterOf('3')).state, 'open')
  const given = await hub.take(1)
  await page.locator('.bigkey', { hasText: '访客已到' }).waitFor()
  assert.equal((await counterOf('3')).ticket, given.ref)
  assert.equal((await board()).tickets.find(it => it.ref === waits.ref).state, 'waiting')
  // What was chosen for the queue is taken back: it goes with the hall again.
  await serve()
  await say(() => wall.locator('.qx', { hasText: '不动产登记' }).click(), '随大厅')
  const after = await hub.take(1)
  assert.equal((await board()).tickets.find(it => it.ref === after.ref).state, 'waiting')
  for (const it of [page, screen, wall]) await it.context().close()
})

test('what was chosen for a counter is taken back, and the key that is pressed says how it stands', async () => {
  const wall = await openWall()
  const open = () => tile(wall, '3').click()
  const key = name => panel(wall).getByRole('button', { name, exact: true })
  const pressed = async name => {
    await key(name).and(wall.locator('[aria-pressed=true]')).waitFor()
    assert.equal(await panel(wall).locator('[aria-pressed=true]').count(), 1)
  }
  await open()
  await pressed('随队列和大厅')
  await panel(wall).getByText('现在随队列和大厅（大厅：人工叫号）').waitFor()
  await key('自动分配').click()
  await agree(wall)
  await pressed('自动分配')
  await picture(wall, 'wall-mode-own')
  await key('随队列和大厅').click()
  assert.match(await wall.locator('dialog.ask').textContent(), /取消今天在这里选的叫号方式/)
  await picture(wall, 'wall-mode-follow')
  await agree(wall)
  await pressed('随队列和大厅')
  assert.deepEqual((await board()).modes?.counters ?? {}, {})
  await assertSound(wall, 'wall, a mode that follows')
  await assertFits(wall, 'wall, a mode that follows')
  await wall.context().close()
})

test('a wall whose sign-in has ended says so, does nothing any more, and leads to the sign-in', async () => {
  const wall = await openWall()
  await wall.getByRole('button', { name: '大厅操作' }).click()
  const { rows } = await hub.api('GET', '/people?limit=500')
  const me = await wall.evaluate(() => fetch('/api/v1/me').then(answer => answer.json()))
  await hub.api('POST', `/people/${rows.find(it => it.login === me.login)?.id ?? me.id}/password`, { new: 'harbour-lantern-52' })
  await wall.locator('.not-live-bar').getByText('登录已失效，请重新登录').waitFor()
  await panel(wall).getByText('登录已失效，请重新登录').waitFor()
  assert.equal(await panel(wall).locator('.ap-deed').count(), 0)
  await picture(wall, 'wall-signed-out')
  await assertSound(wall, 'wall, signed out')
  await assertFits(wall, 'wall, signed out')
  await wall.getByRole('button', { name: '重新登录' }).click()
  await wall.waitForURL(/\/login\?then=%2Fwall/)
  await wall.context().close()
})
