/** J6, C-11: a duty manager says something to one speaker, plays a recording, and calls an emergency that everybody sees and that ends. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCounter } from '../kit/counter.mjs'
import { journey } from '../kit/journey.mjs'
import { assertFits, assertSound, openPage, openPlayer, picture, signIn } from '../kit/people.mjs'
import { putSpeaker, toneWav } from '../kit/sound.mjs'

let hub, browser, wall, panel
journey(async own => {
  ({ hub, browser } = own)
  await putSpeaker(hub, 'east-box', { name: '东侧音箱', name_en: 'East', zones: ['east'], player: hub.player('screen').id, output: 'device', device: 'alsa:spk_a' })
  await putSpeaker(hub, 'west-box', { name: '西侧音箱', name_en: 'West', zones: ['west'], player: hub.player('screen').id, output: 'device', device: 'alsa:spk_b' })
  wall = await openPage(browser, `${hub.demo.url}/login`, 'hall')
  await signIn(wall, hub, 'supervisor')
  await wall.goto(`${hub.demo.url}/wall`)
  await wall.getByRole('button', { name: '广播', exact: true }).click()
  panel = wall.locator('.bc')
})

const agree = async () => {
  await wall.locator('dialog.ask footer .btn').last().click()
  await wall.locator('dialog.ask').waitFor({ state: 'detached' })
}
const asked = () => wall.locator('dialog.ask').textContent()
const running = () => panel.getByRole('region', { name: '正在显示的通知' })
const notices = async () => (await hub.api('GET', `/halls/${hub.demo.hall}/board`)).notices

test('words to one speaker: heard first, asked once with its name, shown in its zone, and withdrawn', async () => {
  await panel.locator('.bc-go').click()
  await panel.getByText('请先写内容').waitFor()
  await panel.getByRole('textbox').fill('请把黑色雨伞忘在东侧的访客到咨询台')
  await panel.getByRole('button', { name: '几只扬声器' }).click()
  await panel.locator('.bc-go').click()
  await panel.getByText('请选扬声器').waitFor()
  await panel.getByRole('button', { name: '东侧音箱' }).click()
  await panel.getByRole('button', { name: '先听一下' }).click()
  await panel.locator('.bc-listen [role=status]', { hasText: '雨伞' }).waitFor()
  await panel.getByRole('button', { name: '2 遍' }).click()
  await picture(wall, 'wall-broadcast')
  await assertFits(wall, 'wall, broadcast')
  await panel.locator('.bc-go').click()
  // Nobody can say Chinese that is not in the shipped voice, and the box is not there: that is said before, not after.
  await wall.locator('dialog.ask', { hasText: '中文没有语音：只会显示在屏幕上' }).waitFor()
  assert.match(await asked(), /东侧音箱.*15 分钟.*不会播报出声.*没有连着的扬声器/s)
  await picture(wall, 'wall-broadcast-ask')
  await agree()
  await panel.locator('[data-part=sent]', { hasText: '没有扬声器播出，文字在屏幕上' }).waitFor()
  await picture(wall, 'wall-broadcast-silent')
  const [told] = await notices()
  assert.deepEqual(told.zones, ['east'])
  await running().getByText('东侧等候区 · 还有 15 分').waitFor()
  await running().getByRole('button', { name: '撤下' }).click()
  await agree()
  await running().getByText('现在没有通知').waitFor()
})

test('a recording is uploaded, chosen, and announced with what screens show meanwhile', async () => {
  await panel.getByRole('button', { name: '录音', exact: true }).click()
  await panel.getByText('还没有录音').waitFor()
  await panel.getByLabel('上传').setInputFiles({ name: '闭馆音乐.wav', mimeType: 'audio/wav', buffer: toneWav(2) })
  await panel.locator('.cp-list .on', { hasText: '闭馆音乐' }).waitFor()
  assert.equal(await panel.getByLabel('屏幕上显示的文字').inputValue(), '闭馆音乐')
  await panel.getByText('这是录音的名称').waitFor()
  await panel.getByLabel('屏幕上显示的文字').fill('大厅 17:00 关门，请安排好时间')
  await panel.getByRole('button', { name: '整个大厅' }).click()
  await picture(wall, 'wall-broadcast-clip')
  await panel.locator('.bc-go').click()
  await agree()
  await panel.locator('[data-part=sent]').waitFor()
  assert.deepEqual((await notices()).map(it => [it.text, it.zones]), [['大厅 17:00 关门，请安排好时间', []]])
  await panel.getByRole('button', { name: '删除 闭馆音乐' }).click()
  await agree()
  await panel.getByText('还没有录音').waitFor()
})

test('words spoken into the microphone are named and kept', async () => {
  await panel.getByRole('button', { name: '录音', exact: true }).click()
  await panel.getByRole('button', { name: '现录' }).click()
  await panel.getByRole('button', { name: /停止（[1-9] 秒）/ }).click()
  await panel.getByLabel('录音名称').fill('找雨伞')
  await picture(wall, 'wall-broadcast-recorded')
  await assertFits(wall, 'wall, a recording')
  await panel.getByRole('button', { name: '保存录音' }).click()
  await panel.locator('.cp-list .on', { hasText: '找雨伞' }).waitFor()
  const { rows } = await hub.api('GET', `/halls/${hub.demo.hall}/clips`)
  const [kept] = rows.filter(it => it.name === '找雨伞')
  assert.ok(kept.length_ms >= 800 && kept.length_ms < 30_000, `${kept.length_ms} ms`)
  await panel.getByRole('button', { name: '删除 找雨伞' }).click()
  await agree()
  await panel.getByText('还没有录音').waitFor()
})

test('what is said by hand is read whole on the hall screen, and its own way off stays in reach', async () => {
  const screen = await openPlayer(browser, hub, 'screen', 'hall')
  const words = '请持二月一日至二月十五日号单的访客到咨询台领取材料，带好身份证和原来的回执。'.repeat(14).slice(0, 500)
  await panel.getByRole('button', { name: '文字，合成语音' }).click()
  await panel.getByRole('textbox').fill(`${words}多出来的`)
  await panel.getByText('504/500').waitFor()
  await panel.getByText('请再删掉 4 个').waitFor()
  await panel.getByRole('textbox').fill(words)
  await panel.getByRole('button', { name: '整个大厅' }).click()
  await panel.locator('.bc-go').click()
  await agree()
  const caption = screen.locator('[data-part=caption]')
  await caption.waitFor()
  let read = ''
  // The first pages of it, whole and one after the other; each stands for seconds.
  for (let n = 0; n < 2; n += 1) {
    const page = await caption.locator('p').textContent()
    assert.ok(words.startsWith(read + page), `${read}|${page}`)
    read += page
    await assertFits(screen, `screen, caption ${n + 1}`)
    await caption.getByText(`${n + 2} / `).waitFor()
  }
  await picture(screen, 'screen-caption')
  await assertSound(screen, 'screen, caption')
  await picture(wall, 'wall-broadcast-long')
  const off = running().locator('li', { hasText: words.slice(0, 20) }).getByRole('button', { name: '撤下' })
  await off.click()
  await agree()
  // What was told before it is shown again.
  await caption.locator('p', { hasText: '大厅 17:00 关门' }).waitFor()
  assert.doesNotMatch(await caption.textContent(), /领取材料/)
})

test('an emergency is asked for with its targets, is red on every face it reaches, and ends', async () => {
  const screen = await openPlayer(browser, hub, 'screen', 'hall')
  const strip = await openPage(browser, `${hub.demo.url}/strip/${hub.demo.counters[0]}`, 'strip')
  const kiosk = await openPlayer(browser, hub, 'kiosk')
  const { counters } = await hub.api('GET', `/halls/${hub.demo.hall}/board`)
  const desk = await openCounter(browser, hub, 'staff', counters[0].label)
  const phone = await openPage(browser, `${hub.demo.url}/t/${(await hub.take(0)).id}`, 'phone')
  await phone.locator('.ph[data-state=waiting]').waitFor()
  await kiosk.locator('.act.main, .pq').first().waitFor()
  await panel.getByRole('button', { name: '文字，合成语音' }).click()
  await panel.getByRole('textbox').fill('二楼发生火情，请从最近的出口离开，不要乘坐电梯。')
  await panel.getByRole('button', { name: '几个区域' }).click()
  await panel.getByRole('button', { name: '东侧等候区' }).click()
  await panel.getByRole('button', { name: '西侧等候区' }).click()
  await panel.getByText('打断播报').click()
  await panel.getByRole('button', { name: '紧急广播' }).click()
  assert.match(await asked(), /东侧等候区.*西侧等候区.*二楼发生火情/s)
  await picture(wall, 'wall-emergency-ask')
  await assertFits(wall, 'wall, asking before an emergency')
  await agree()
  await screen.locator('[data-part=emergency]', { hasText: '请从最近的出口离开' }).waitFor()
  await strip.locator('[data-part=emergency]', { hasText: '二楼发生火情' }).waitFor()
  await kiosk.locator('[data-part=emergency]', { hasText: '现在不能取号' }).waitFor()
  assert.equal(await kiosk.locator('button, a').count(), 0)
  await desk.locator('[data-part=emergency]', { hasText: '不要乘坐电梯' }).waitFor()
  await desk.locator('.bigkey').waitFor()
  await wall.locator('.ub', { hasText: '东侧等候区、西侧等候区' }).waitFor()
  await phone.locator('[data-part=emergency]', { hasText: '您的号码仍然有效' }).waitFor()
  for (const [page, name] of [[kiosk, 'kiosk'], [desk, 'counter'], [wall, 'wall'], [phone, 'phone']]) {
    await picture(page, `${name}-emergency`)
    await assertFits(page, `${name}, emergency`)
    await assertSound(page, `${name}, emergency`)
  }
  await picture(screen, 'screen-emergency')
  await picture(strip, 'strip-emergency')
  await assertFits(screen, 'screen, emergency')
  await assertSound(screen, 'screen, emergency')
  // Whoever was away sees it on return, as long as it holds.
  await screen.reload()
  await screen.locator('[data-part=emergency]').waitFor()
  await running().getByText('紧急').first().waitFor()
  await running().locator('.urgent').getByRole('button', { name: '撤下' }).click()
  await agree()
  await screen.locator('[data-part=emergency]').waitFor({ state: 'detached' })
  await screen.locator('[data-part=head-call]').waitFor()
  for (const page of [strip, kiosk, desk, wall, phone]) await page.locator('[data-part=emergency]').waitFor({ state: 'detached' })
  await kiosk.locator('.act.main, .pq').first().waitFor()
  for (const [width, height] of [[1280, 800], [1024, 600], [390, 844]]) {
    await wall.setViewportSize({ width, height })
    await assertFits(wall, `wall, broadcast, ${width}`)
  }
  await assertSound(wall, 'wall, broadcast')
})
