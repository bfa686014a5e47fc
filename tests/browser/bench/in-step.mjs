/**
 * V-06: how far screen and sound are apart. A real screen in Chromium shows the call, a real player beside it says it into
 * a captured device; both are looked at by the clock of this machine. Goal: at most 150 ms while the speaker is idle.
 *
 * `tests/scripts/with-sound.sh node tests/browser/bench/in-step.mjs` (CALLS=30; each is heard to its end: five minutes)
 *
 * One JSON line: `gap_ms` = first sample heard minus first picture with the number, negative where the sound came first.
 */
import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { PROGRAM, startHub } from '../kit/hub.mjs'
import { openBrowser, openPlayer } from '../kit/people.mjs'
import { putSpeaker, speakerOf } from '../kit/sound.mjs'

const CALLS = Number(process.env.CALLS ?? 30)
const GOAL_MS = 150
const DEVICE = 'in_step'
/** The demo's one speaker. */
const SPEAKER = 'hall'
/** Louder than this is sound: a thousandth of full scale. */
const HEARD = 33
/** A call has ended when nothing was heard for so long; its two sentences are nearer to each other. */
const SILENT_MS = 1_500
const WITHIN_MS = 30_000

const wait = ms => new Promise(done => setTimeout(done, ms))
async function until(what, is) {
  for (const end = Date.now() + WITHIN_MS; Date.now() < end; await wait(10)) if (await is()) return
  throw new Error(`it never happened: ${what}`)
}

/** Milliseconds of the clock at which something was heard first since it was asked, and last. */
function listen() {
  const heard = { first: 0, last: 0 }
  const parec = spawn('parec', ['-d', `${DEVICE}.monitor`, '--raw', '--format=s16le', '--rate=48000', '--channels=1', '--latency-msec=10'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let odd = Buffer.alloc(0)
  parec.stdout.on('data', chunk => {
    const bytes = Buffer.concat([odd, chunk])
    odd = bytes.subarray(bytes.length & ~1)
    for (let at = 0; at + 1 < bytes.length; at += 2) {
      if (Math.abs(bytes.readInt16LE(at)) <= HEARD) continue
      heard.last = Date.now()
      heard.first ||= heard.last
      return
    }
  })
  return { heard, parec }
}

/** The player beside the screen, with the screen's own pass. */
async function speak(hub, screen, folder) {
  await promisify(execFile)('pactl', ['load-module', 'module-null-sink', `sink_name=${DEVICE}`, 'rate=48000', 'channels=2'])
  await putSpeaker(hub, SPEAKER, { name: DEVICE, player: screen.id, output: 'device', device: DEVICE })
  await writeFile(join(folder, 'asound.conf'), `</usr/share/alsa/alsa.conf>\npcm.${DEVICE} { type pulse device ${DEVICE} }\n`)
  await writeFile(join(folder, 'player.json'), JSON.stringify({ player: screen.id, token: screen.token }))
  const env = { ...process.env, ALSA_CONFIG_PATH: join(folder, 'asound.conf'), RUST_LOG: 'error' }
  const player = spawn(join(dirname(PROGRAM), 'display-client'), ['--hub', hub.demo.url, '--folder', folder], { stdio: 'inherit', env })
  await until('the player is ready', async () => (await speakerOf(hub, screen.id, SPEAKER))?.state === 'ok')
  return player
}

/** Writes down, by the page's clock, the first picture that has each number in the flash. */
function watch(page) {
  return page.evaluate(() => {
    window.shown = {}
    const look = () => {
      const number = document.querySelector('[data-part=flash]')?.textContent.match(/[A-Z]\d+/)?.[0]
      // Two frames on, the picture is out: the first callback still runs before it is painted.
      if (number && !window.shown[number]) {
        window.shown[number] = Infinity
        requestAnimationFrame(() => requestAnimationFrame(() => { window.shown[number] = performance.timeOrigin + performance.now() }))
      }
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  })
}

if (!process.env.HALLCAST_SOUND) throw new Error('run it with tests/scripts/with-sound.sh')
const folder = await mkdtemp(join(tmpdir(), 'hallcast-in-step-'))
const hub = await startHub()
const children = []
const browser = await openBrowser()
try {
  const counter = hub.demo.counters[0]
  const screen = hub.player('screen')
  children.push(await speak(hub, screen, folder))
  const page = await openPlayer(browser, hub, 'screen', 'hall')
  await page.locator('[data-part=head-call]').waitFor()
  await watch(page)
  const { heard, parec } = listen()
  children.push(parec)
  await hub.command('open_counter', { counter })
  const gaps = []
  // The first call finds everything cold; it is not counted.
  for (let call = 0; call <= CALLS; call += 1) {
    const { number } = await hub.take(0)
    await until('silence', () => Date.now() - heard.last > SILENT_MS)
    heard.first = 0
    await hub.command('call_next', { counter })
    await until('a sound', () => heard.first)
    await until('a picture', () => page.evaluate(it => window.shown[it] < Infinity, number))
    if (call) gaps.push(heard.first - await page.evaluate(it => window.shown[it], number))
    await hub.command('start', { counter })
    await hub.command('finish', { counter })
  }
  gaps.sort((a, b) => a - b)
  const at = share => Math.round(gaps[Math.round((gaps.length - 1) * share)])
  const most = Math.round(Math.max(...gaps.map(Math.abs)))
  console.log(JSON.stringify({ bench: 'in_step', calls: gaps.length, gap_ms: { least: at(0), p50: at(0.5), p95: at(0.95), most: at(1) }, goal_ms: GOAL_MS, met: most <= GOAL_MS }))
} finally {
  for (const child of children) child.kill()
  await browser.close()
  await hub.stop()
  await rm(folder, { recursive: true, force: true })
}
