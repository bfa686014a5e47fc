/** A hub of its own for a journey: the real program on a free port, over a folder that is thrown away. */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const PROGRAM = process.env.HALLCAST_BIN ?? fileURLToPath(new URL('../../../target/debug/hub', import.meta.url))
const READY_WITHIN_MS = 60_000

/** A port nobody listens on. */
export async function freePort() {
  const server = createServer()
  await new Promise(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address()
  await new Promise(done => server.close(done))
  return port
}

/** Starts a demo hub; `demo` is what it writes for those who connect. */
export async function startHub() {
  const data = await mkdtemp(join(tmpdir(), 'hallcast-browser-'))
  const listen = `127.0.0.1:${await freePort()}`
  let child
  const hub = {
    demo: null,
    async start() {
      await rm(join(data, 'demo.json'), { force: true })
      child = spawn(PROGRAM, ['serve', '--demo', '--listen', listen, '--data', data], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, RUST_LOG: process.env.RUST_LOG ?? 'warn' } })
      hub.demo = await demoOf(data, child)
    },
    /** Ends it at once, as a power cut would. */
    async kill() {
      child.kill('SIGKILL')
      await new Promise(done => (child.exitCode !== null || child.signalCode ? done() : child.once('exit', done)))
    },
    async stop() {
      await hub.kill()
      await rm(data, { recursive: true, force: true })
    },
    /** Asks the API as the program with every scope. */
    async api(method, path, body) {
      const response = await fetch(`${hub.demo.url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${hub.demo.token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
        body: body ? JSON.stringify(body) : undefined,
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
      return text ? JSON.parse(text) : null
    },
    command(verb, fields) {
      return hub.api('POST', `/halls/${hub.demo.hall}/commands`, { do: verb, ...fields })
    },
    async take(queue, more = {}) {
      return (await hub.command('issue', { queue: hub.demo.queues[queue], channel: 'kiosk', ...more })).ticket
    },
    user(role, index = 0) {
      return hub.demo.users.filter(it => it.role === role)[index]
    },
    player(face, index = 0) {
      return hub.demo.players.filter(it => it.face === face)[index]
    },
  }
  await hub.start()
  return hub
}

async function demoOf(data, child) {
  const until = Date.now() + READY_WITHIN_MS
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the hub ended with ${child.exitCode}`)
    try {
      return JSON.parse(await readFile(join(data, 'demo.json'), 'utf8'))
    } catch {
      await new Promise(done => setTimeout(done, 20))
    }
  }
  throw new Error('the hub did not write demo.json in time')
}
