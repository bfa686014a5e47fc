/** A browser without a hub: pages from dist/, answers and frames from plain data. */
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { chromium } from 'playwright-core'
import { NOW } from './hall.mjs'

const DIST = new URL('../dist/', import.meta.url).pathname
const ORIGIN = 'http://hallcast.test'
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.svg': 'image/svg+xml' }
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const FILES = [
  [/^\/$/, 'index.html'], [/^\/t\/[^/]+\/slip$/, 'slip.html'], [/^\/t\/[^/]+$/, 'ticket.html'], [/^\/api\/docs$/, 'docs.html'],
  [/^\/(kiosk|counter|wall|admin|login|pair)$/, '$1.html'], [/^\/(screen|strip)(\/[^/]+)?$/, '$1.html'],
]

export const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium-headless-shell', args: FLAGS })

/**
 * Opens a page. `api` maps `METHOD /path` to an answer (or a function of the request, or a status), `talk` speaks on
 * the socket: `{ welcome(hello), later: [[ms, message]], dead }`.
 */
export async function open(path, { size, api = {}, talk = {}, reduced = false, before }) {
  const page = await browser.newPage({ viewport: { width: size[0], height: size[1] }, reducedMotion: reduced ? 'reduce' : 'no-preference', locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  await page.route('**/*', route => answer(route, api))
  await page.routeWebSocket(/\/api\/v1\/socket/, socket => socket.onMessage(text => speak(socket, JSON.parse(text).hello, talk)))
  page.on('console', message => { if (['error', 'warning'].includes(message.type())) console.log('  page:', message.text()) })
  page.on('pageerror', error => console.log('  page error:', error.message))
  if (before) await before(page)
  await page.goto(ORIGIN + path)
  await page.evaluate(() => document.fonts.ready)
  return page
}

function speak(socket, hello, talk) {
  socket.send(JSON.stringify({ welcome: { now: talk.now ?? NOW, heartbeat_s: 15, retry: { min_s: 60, max_s: 60 } } }))
  for (const message of talk.welcome?.(hello) ?? []) socket.send(JSON.stringify(message))
  for (const [ms, message] of talk.later ?? []) setTimeout(() => (message === 'close' ? socket.close({ code: 4000 }) : socket.send(JSON.stringify(message))), ms)
}

async function answer(route, api) {
  const url = new URL(route.request().url())
  const path = url.pathname
  if (path.startsWith('/api/v1/') || path === '/api/openapi.json') return api_answer(route, api, path)
  const file = FILES.find(([pattern]) => pattern.test(path))
  const name = file ? path.replace(file[0], file[1]) : path.slice(1)
  try {
    return await route.fulfill({ body: await readFile(join(DIST, name)), contentType: TYPES[extname(name)] ?? 'text/plain' })
  } catch {
    return route.fulfill({ status: 404, body: 'no such file' })
  }
}

async function api_answer(route, api, path) {
  const name = `${route.request().method()} ${path.replace('/api/v1', '')}`
  let told = api[name]
  if (typeof told === 'function') told = await told(route.request())
  if (told === undefined) return route.fulfill({ status: 404, json: { status: 404, code: 'no_such', title: 'no such' } })
  if (told.status && told.code) return route.fulfill({ status: told.status, contentType: 'application/problem+json', json: told })
  if (typeof told === 'string') return route.fulfill({ body: told, contentType: 'image/svg+xml' })
  return route.fulfill({ json: told })
}
