/** A hardware call pad: the hub's own bridge listening on TCP, and the lines a pad sends through it. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort, PROGRAM } from './hub.mjs'

const READY_WITHIN_MS = 30_000

/** Starts a bridge for the demo hall; `say` sends one line of a pad and gives the bridge's answer to it. */
export async function startPad(hub) {
  const folder = await mkdtemp(join(tmpdir(), 'hallcast-pad-'))
  const token = join(folder, 'pad.token')
  await writeFile(token, hub.demo.token, { mode: 0o600 })
  const port = await freePort()
  const bridge = spawn(PROGRAM, ['pad', '--hub', hub.demo.url, '--hall', hub.demo.hall, '--token-file', token, '--listen', `127.0.0.1:${port}`], { stdio: ['ignore', 'ignore', 'inherit'] })
  const socket = await reach(port, bridge)
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]()
  return {
    async say(line) {
      socket.write(`${line}\r\n`)
      return (await lines.next()).value
    },
    async stop() {
      socket.destroy()
      bridge.kill('SIGTERM')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function reach(port, bridge) {
  const until = Date.now() + READY_WITHIN_MS
  while (Date.now() < until) {
    if (bridge.exitCode !== null) throw new Error(`the pad bridge ended with ${bridge.exitCode}`)
    const socket = connect(port, '127.0.0.1')
    const reached = await new Promise(done => socket.once('connect', () => done(true)).once('error', () => done(false)))
    if (reached) return socket
    await new Promise(done => setImmediate(done))
  }
  throw new Error('the pad bridge did not listen in time')
}
