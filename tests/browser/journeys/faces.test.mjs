/** Every page anybody may open: in both languages, on telephones, desks and hall screens, empty and full. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { journey } from '../kit/journey.mjs'
import { assertFits, assertSound, openPage, openPlayer, picture } from '../kit/people.mjs'

const LANGUAGES = ['zh', 'en']
const WAITING = 3

let hub, browser, tickets
journey(async own => {
  ({ hub, browser } = own)
  tickets = await oneInEveryState()
})

/** A hall at work: a ticket in every state a visitor's phone may show. */
async function oneInEveryState() {
  const { counters } = hub.demo
  const made = {}
  for (const counter of counters.slice(0, 4)) await hub.command('open_counter', { counter })
  const calledAt = async (counter, name) => {
    const ticket = await hub.take(0)
    made[name] = ticket.id
    await hub.command('call_ticket', { counter, ticket: ticket.id })
    return counter
  }
  await calledAt(counters[0], 'done')
  for (const step of ['start', 'finish']) await hub.command(step, { counter: counters[0] })
  await hub.command('no_show', { counter: await calledAt(counters[0], 'no_show') })
  await hub.command('start', { counter: await calledAt(counters[0], 'parked') })
  await hub.command('park', { counter: counters[0] })
  await hub.command('start', { counter: await calledAt(counters[1], 'serving') })
  await calledAt(counters[2], 'called')
  await hub.command('pause_counter', { counter: counters[3], reason: 'away' })
  made.cancelled = (await hub.take(1)).id
  await hub.command('cancel', { ticket: made.cancelled })
  for (let n = 0; n < WAITING; n += 1) made.waiting = (await hub.take(n)).id
  return made
}

/** Opens a page in a language, waits for what it is for, and looks at it from all sides. */
async function look(path, size, language, ready, name, sound = assertSound) {
  const url = new URL(path, hub.demo.url)
  url.searchParams.set('lang', language)
  const page = await openPage(browser, url.href, size)
  await page.locator(ready).first().waitFor()
  await page.evaluate(() => document.fonts.ready)
  const full = `${name}-${size}-${language}`
  await picture(page, full)
  await sound(page, full)
  await assertFits(page, full)
  assert.equal(await page.evaluate(() => document.documentElement.lang.slice(0, 2)), language, `${full}: the language it says it speaks`)
  await page.context().close()
}

/** A very long page whose sections are all of one make: axe-core, which reads slowly, is given the first of them. */
async function soundInPart(page, name) {
  const SECTIONS = 6
  const left = await page.evaluate(keep => {
    for (const long of document.querySelectorAll('main, nav')) [...long.children].slice(keep).forEach(it => it.remove())
    return document.querySelectorAll('main > *').length
  }, SECTIONS)
  assert.equal(left, SECTIONS, `${name}: there is something to read`)
  await assertSound(page, name)
}

for (const language of LANGUAGES) {
  for (const size of ['phone', 'office']) {
    test(`the first page, the interface for reading, pairing: ${size}, ${language}`, async () => {
      await look('/', size, language, '.halls .hall', 'home')
      await look('/no/such/page', size, language, '.home-lost', 'strayed')
      await look('/api/docs', size, language, 'main > :nth-child(6)', 'docs', soundInPart)
      await look('/pair?face=screen', size, language, '.code', 'pair')
    })

    test(`a visitor's ticket in every state, and its slip: ${size}, ${language}`, async () => {
      for (const [state, id] of Object.entries(tickets)) await look(`/t/${id}`, size, language, `.ph[data-state=${state}]`, `ticket-${state}`)
      await look('/t/nobody-has-this-ticket', size, language, '.fin h2', 'ticket-missing')
      await look(`/t/${tickets.waiting}/slip`, size, language, 'img.slip', 'slip')
      if (size === 'phone') await look('/t/nobody-has-this-ticket/slip', size, language, '.slip-broken h1', 'slip-missing')
    })
  }

  test(`the kiosk, upright and lying, page by page: ${language}`, async () => {
    for (const size of ['kiosk', 'kioskLying']) {
      const kiosk = await openPlayer(browser, hub, 'kiosk', size)
      await kiosk.locator('.pq').first().waitFor()
      if (language === 'en') await kiosk.getByRole('button', { name: /English/ }).click()
      await seen(kiosk, 'home', size)
      for (const [step, name] of [[it => it.locator('.act').nth(1).click(), 'departments'], [it => it.locator('.qi').first().click(), 'queues'], [it => it.locator('.typed').click(), 'keys']]) {
        await step(kiosk)
        await seen(kiosk, name, size)
      }
      await kiosk.locator('.qi').first().click()
      await kiosk.locator('[data-part=number]').waitFor()
      await kiosk.locator('img.qr').evaluate(image => image.decode())
      await seen(kiosk, 'number', size)
      await kiosk.context().close()
    }
    async function seen(kiosk, name, size) {
      const full = `kiosk-${name}-${size}-${language}`
      await picture(kiosk, full)
      await assertSound(kiosk, full)
      await assertFits(kiosk, full)
    }
  })
}

test('hall screens of every shape, and strips of counters in every state', async () => {
  for (const size of ['hall', 'hall720', 'hallUpright']) {
    await look(`/screen?hall=${hub.demo.hall}`, size, 'zh', '.hs[data-state=live] .main', 'screen')
    await look('/screen/nobody-has-this-player', size, 'zh', '.pa .all', 'screen-missing')
  }
  const strip = (n, ready, name) => look(`/strip/${hub.demo.counters[n]}`, 'strip', 'zh', ready, name)
  for (const [n, shape] of ['open', 'serving', 'call', 'pause', 'shut'].entries()) await strip(n, `.sp.${shape}`, `strip-${shape}`)
  await look('/strip/nobody-has-this-counter', 'strip', 'zh', '.sp.missing .who .num', 'strip-missing')
  await look('/strip/99', 'strip', 'zh', '.sp.missing h1:has-text("没有「99」这个窗口")', 'strip-missing-label')
  await look('/screen?hall=nobody-has-this-hall', 'hall', 'zh', '.pa h1:has-text("没有对应的大厅")', 'screen-missing-hall')
  await look('/kiosk?hall=nobody-has-this-hall', 'kiosk', 'zh', '.kmsg h1:has-text("没有对应的大厅")', 'kiosk-missing-hall')

  // An announcement stands beside the state of the counter, and never where a number is called.
  await hub.command('announce', { zones: [], text: '因系统升级，今天下午三点起暂停办理不动产登记，其他业务照常。敬请谅解。', ttl_s: 300 })
  for (const [n, shape, state] of [[0, 'open', '可办理'], [1, 'serving', '正在办理'], [3, 'pause', '暂停服务'], [4, 'shut', '已下班']]) await strip(n, `.sp.${shape}:has([data-part=announcement]) .who:has-text("${state}")`, `strip-${shape}-told`)
  const calling = await openPage(browser, `${hub.demo.url}/strip/${hub.demo.counters[2]}`, 'strip')
  await calling.locator('.sp.call').waitFor()
  assert.equal(await calling.locator('[data-part=announcement]').count(), 0)
  await calling.context().close()
})

test('a hall of twenty busy queues with long names: everything fits, page after page', async () => {
  const QUEUES = 20
  const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
  const setup = await hub.api('GET', `/halls/${hub.demo.hall}/setup`)
  const [like] = setup.queues
  const free = [...LETTERS].filter(letter => !setup.queues.some(queue => queue.prefix === letter))
  for (let n = setup.queues.length; n < QUEUES; n += 1) {
    const prefix = free[n - setup.queues.length]
    await hub.api('PUT', `/halls/${hub.demo.hall}/queues/long${n}`, { ...like, id: `long${n}`, prefix, name: '机动车驾驶证补证换证', name_en: 'Driving licence replacement', short: '驾驶证换' })
  }
  const { queues, counters: [counter] } = await hub.api('GET', `/halls/${hub.demo.hall}/setup`)
  const served = queues.map(({ id }) => ({ queue: id, first_when_wait_s: null, only_when_wait_s: null }))
  await hub.api('PUT', `/halls/${hub.demo.hall}/counters/${counter.id}`, { ...counter, queues: served })
  for (const { id } of queues) for (let n = 0; n < WAITING; n += 1) await hub.command('issue', { queue: id })
  for (const size of ['hall', 'hallUpright']) await look(`/screen?hall=${hub.demo.hall}`, size, 'zh', '.hs[data-state=live] .wrow', 'screen-many')
  for (const size of ['kiosk', 'kioskLying']) {
    for (const language of LANGUAGES) await look(`/kiosk?hall=${hub.demo.hall}`, size, language, '.pq', 'kiosk-many')
  }
})

test('players follow what is changed in the administration, and show their code once they are taken back', async () => {
  const { hall, counters, players } = hub.demo
  const screen = await openPlayer(browser, hub, 'screen', 'hall')
  await screen.locator('.hs[data-state=live] .main').waitFor()
  const strip = await openPlayer(browser, hub, 'strip')
  await strip.locator('.sp[data-state=live]').waitFor()
  const kiosk = await openPlayer(browser, hub, 'kiosk')
  await kiosk.locator('.pq').first().waitFor()

  const { settings } = await hub.api('GET', `/players/${hub.player('screen').id}`)
  await hub.api('PATCH', `/players/${hub.player('screen').id}`, { settings: { ...settings, theme: 'light' } })
  const labelled = (await hub.api('GET', `/halls/${hall}/board`)).counters
  const elsewhere = labelled.find(it => it.id === counters.at(-1))
  await hub.api('PATCH', `/players/${hub.player('strip').id}`, { counter: elsewhere.id })
  await screen.locator('html.light').waitFor()
  await strip.locator('.sp .no .num', { hasText: elsewhere.label }).waitFor()
  await picture(strip, 'strip-moved')

  for (const [face, page, code] of [['strip', strip, '.sp.pair .who .num'], ['kiosk', kiosk, '.pa .code'], ['screen', screen, '.pa .code']]) {
    const { id } = players.find(it => it.id === hub.player(face).id)
    await hub.api('DELETE', `/players/${id}`)
    await page.locator(code).waitFor()
    await page.reload()
    await page.locator(code).waitFor()
    await page.context().close()
  }
})

test('a panel of the shape of a strip shows its code as large as it is high, whatever its letters', async () => {
  for (const at of ['/pair', '/pair?face=strip']) {
    const page = await openPage(browser, hub.demo.url + at, 'strip')
    const code = page.locator('.sp.pair .who .num')
    await code.waitFor()
    const { size, room } = await code.evaluate(it => ({ size: parseFloat(getComputedStyle(it).fontSize), room: window.innerHeight }))
    assert.ok(size > room / 2, `${at}: a code of ${size} px on ${room}`)
    await picture(page, `pair-strip${at === '/pair' ? '' : '-face'}`)
    await assertSound(page, at)
    await assertFits(page, at)
    await page.context().close()
  }
})
