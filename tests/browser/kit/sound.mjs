/** Sound in a journey: what a page plays is written down, and a short recording to upload. */

const RATE = 24_000
const SAMPLE_BYTES = 2
const HEADER_BYTES = 44

/** A tone of some seconds as a WAV file: mono, 24 kHz, 16 bit. */
export function toneWav(seconds, hz = 440) {
  const samples = Math.round(seconds * RATE)
  const file = Buffer.alloc(HEADER_BYTES + samples * SAMPLE_BYTES)
  file.write('RIFF', 0)
  file.writeUInt32LE(file.length - 8, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(RATE, 24)
  file.writeUInt32LE(RATE * SAMPLE_BYTES, 28)
  file.writeUInt16LE(SAMPLE_BYTES, 32)
  file.writeUInt16LE(8 * SAMPLE_BYTES, 34)
  file.write('data', 36)
  file.writeUInt32LE(samples * SAMPLE_BYTES, 40)
  for (let n = 0; n < samples; n += 1) file.writeInt16LE(Math.round(8_000 * Math.sin(2 * Math.PI * hz * n / RATE)), HEADER_BYTES + n * SAMPLE_BYTES)
  return file
}

/** Writes down what a page plays, from its next load on: seconds of each sound. */
export async function listenTo(page) {
  await page.addInitScript(() => {
    window.played = []
    const start = AudioBufferSourceNode.prototype.start
    AudioBufferSourceNode.prototype.start = function (...when) { window.played.push(this.buffer?.duration ?? 0); return start.apply(this, when) }
  })
  await page.reload()
}
export const played = page => page.evaluate(() => window.played)

/** Saves a speaker as the administration does, against the revision that is there now. */
export async function putSpeaker(hub, id, row) {
  const { revision } = await hub.api('GET', `/halls/${hub.demo.hall}/setup`)
  const response = await fetch(`${hub.demo.url}/api/v1/halls/${hub.demo.hall}/speakers/${id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${hub.demo.token}`, 'content-type': 'application/json', 'if-match': `"${revision}"` },
    body: JSON.stringify({ id, ...row }),
  })
  if (!response.ok) throw new Error(`speaker ${id}: ${response.status} ${await response.text()}`)
}

/** What a player last said of one of its speakers. */
export async function speakerOf(hub, player, id) {
  const { rows } = await hub.api('GET', '/players?limit=500')
  return rows.find(it => it.id === player)?.report?.speakers?.find(it => it.id === id)
}
