/** The browser, and the people who look at it. Every page keeps what went wrong in it. */
import assert from 'node:assert/strict'
import { mkdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const PICTURES = fileURLToPath(new URL('../pictures/', import.meta.url))
const AXE = await readFile(fileURLToPath(new URL('../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8')
/** The microphone is one of the browser's own that beeps, and may be used. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']

/** How long anything may take before a journey gives up; the machine may be busy with other things. */
export const PATIENCE_MS = Number(process.env.PATIENCE_MS ?? 60_000)

/** Sizes that pages are made for. */
export const SIZES = {
  hall: { width: 1920, height: 1080 },
  strip: { width: 1280, height: 160 },
  hall720: { width: 1280, height: 720 },
  hallUpright: { width: 1080, height: 1920 },
  kiosk: { width: 1080, height: 1920 },
  kioskLying: { width: 1920, height: 1080 },
  office: { width: 1366, height: 768 },
  officeLow: { width: 1024, height: 600 },
  phone: { width: 390, height: 844 },
}

/** Chromium without its own windows: the same pages for half the processor time. */
export async function openBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium-headless-shell', args: FLAGS })
}

/** A page of its own (nothing is shared with others), at one of the sizes. */
export async function openPage(browser, url, size, storage = {}, more = {}) {
  const context = await browser.newContext({ viewport: SIZES[size], locale: 'zh-CN', reducedMotion: 'no-preference', ...more })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  page.wrong = []
  page.on('pageerror', error => page.wrong.push(error.message))
  // A hall's network may end at its own hub: no page asks anybody else for anything.
  page.on('request', request => {
    const { protocol, host } = new URL(request.url())
    if (/^(http|ws)s?:$/.test(protocol) && host !== new URL(url).host) page.wrong.push(`asks another host: ${request.url()}`)
  })
  page.on('console', message => {
    if (message.type() === 'error' && !/Failed to load resource|WebSocket connection/.test(message.text())) page.wrong.push(message.text())
  })
  if (Object.keys(storage).length) await context.addInitScript(items => Object.entries(items).forEach(([key, value]) => localStorage.setItem(key, value)), storage)
  await page.goto(url)
  return page
}

/** Takes the picture that a person then looks at. */
export async function picture(page, name) {
  await mkdir(PICTURES, { recursive: true })
  await page.screenshot({ path: `${PICTURES}${name}.png` })
}

/** Nothing went wrong in the page, and axe-core finds nothing to mend. */
export async function assertSound(page, name) {
  assert.deepEqual(page.wrong, [], `${name}: the page complained`)
  await page.evaluate(AXE)
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }))
  assert.deepEqual(violations.map(it => `${it.id}: ${it.nodes.map(node => node.target).join(', ')}`), [], `${name}: axe-core found`)
}

/** Nothing stands beyond the edge of the page or of its own key, and no text is cut, be it hidden or to be scrolled to. */
export async function assertFits(page, name) {
  const beyond = await page.evaluate(() => {
    const room = document.documentElement.clientWidth
    const found = document.scrollingElement.scrollWidth > room ? [`the page is ${document.scrollingElement.scrollWidth} wide`] : []
    const mayRun = element => element.closest('.run, .hear') || [...ancestors(element)].some(it => /auto|scroll/.test(getComputedStyle(it).overflowX))
    function* ancestors(of) { for (let it = of.parentElement; it && it !== document.body; it = it.parentElement) yield it }
    for (const element of document.body.querySelectorAll('*')) {
      const { left, right, width } = element.getBoundingClientRect()
      if (width && (right > room + 1 || left < -1) && !mayRun(element)) found.push(`${element.tagName}.${element.className} from ${Math.round(left)} to ${Math.round(right)}`)
    }
    for (const key of document.querySelectorAll('button, .btn, .kbtn')) {
      const box = key.getBoundingClientRect()
      const inside = document.createRange()
      inside.selectNodeContents(key)
      const content = inside.getBoundingClientRect()
      if (box.width && !mayRun(key) && (content.right > box.right + 1 || content.left < box.left - 1)) found.push(`${key.textContent.trim()} is wider than its key`)
    }
    for (const element of document.body.querySelectorAll('*')) {
      const { overflowX, whiteSpace } = getComputedStyle(element)
      if (element.textContent.trim() && whiteSpace === 'nowrap' && overflowX === 'hidden' && !element.closest('.run, .hear') && element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${element.textContent.trim()}`)
    }
    for (const element of document.body.querySelectorAll('*')) {
      const words = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim())
      if (words && getComputedStyle(element).overflowY === 'hidden' && !element.closest('.run, .hear') && element.scrollHeight > element.clientHeight + 2) found.push(`cut below: ${element.textContent.trim()}`)
    }
    return found.slice(0, 5)
  })
  assert.deepEqual(beyond, [], `${name}: wider than its ${page.viewportSize().width} px`)
}

/** A player's page with the token it was paired with. */
export function openPlayer(browser, hub, face, size = face, index = 0, more = {}) {
  const player = hub.player(face, index)
  return openPage(browser, player.url, size, { [`hallcast.token.${player.id}`]: player.token }, more)
}

/** Signs in as one of the demo's people; `index` tells those of one role apart. */
export async function signIn(page, hub, role, index = 0) {
  const { login, password } = hub.user(role, index)
  await page.goto(`${hub.demo.url}/login`)
  await page.locator('input[name=login], input[autocomplete=username]').first().fill(login)
  await page.locator('input[type=password]').first().fill(password)
  await page.keyboard.press('Enter')
  await page.waitForURL(url => !url.pathname.startsWith('/login'))
}

/** The administration, with somebody in it who may do everything. */
export async function openAdmin(browser, hub) {
  const page = await openPage(browser, `${hub.demo.url}/login`, 'office')
  await signIn(page, hub, 'administrator')
  await page.goto(`${hub.demo.url}/admin`)
  return page
}

/** Goes to a tab of the chosen hall. */
export const tabOf = (page, name) => page.getByRole('main').getByRole('button', { name: new RegExp(`^${name}( \\d+)?$`) }).click()
