/** Sound as bytes: WAV for what a microphone heard (mono, 24 kHz, 16 bit), and bytes out of text. Pure. */

export const RATE = 24_000
const HEADER_BYTES = 44
const SAMPLE_BYTES = 2
const FULL = 32_767

/** Bytes that were written as base64. */
export function bytesOf(base64: string): ArrayBuffer {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let n = 0; n < text.length; n += 1) bytes[n] = text.charCodeAt(n)
  return bytes.buffer
}

/** Several channels as one: the mean of each sample. */
export function mono(channels: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(0)] = channels
  return first.map((_, n) => channels.reduce((sum, one) => sum + (one[n] ?? 0), 0) / channels.length)
}

/** The samples as a WAV file. */
export function wavOf(samples: Float32Array, rate: number = RATE): ArrayBuffer {
  const data = samples.length * SAMPLE_BYTES
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + data))
  const word = (at: number, text: string) => { for (let n = 0; n < text.length; n += 1) view.setUint8(at + n, text.charCodeAt(n)) }
  word(0, 'RIFF'); view.setUint32(4, HEADER_BYTES - 8 + data, true); word(8, 'WAVE')
  word(12, 'fmt '); view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true)
  view.setUint32(24, rate, true); view.setUint32(28, rate * SAMPLE_BYTES, true); view.setUint16(32, SAMPLE_BYTES, true); view.setUint16(34, 8 * SAMPLE_BYTES, true)
  word(36, 'data'); view.setUint32(40, data, true)
  for (let n = 0; n < samples.length; n += 1) view.setInt16(HEADER_BYTES + n * SAMPLE_BYTES, Math.round(Math.max(-1, Math.min(1, samples[n] ?? 0)) * FULL), true)
  return view.buffer
}
