/**
 * Web Audio as the way out of a page: sounds begin at times of the hub's clock, as loud as the speaker is to be.
 *
 * A browser allows no sound before somebody touched the page; until then nothing is played and nothing is kept for later.
 */
import { hubNow } from '../composables/useClock'
import type { Speaker } from '../wire/types'
import { chimeSamples } from './chime'
import { factorOf, gainAt, secondOfDay } from './levels'
import type { Out } from './mouth'

/** No sample is louder, whatever the gain: -1 dB of full scale. */
const PEAK = 0.89
const SECOND_MS = 1_000

/** A decoded sound with its loudest sample. */
export interface Loud { buffer: AudioBuffer; peak: number }

export function makeContext(): AudioContext | null {
  return typeof AudioContext === 'undefined' ? null : new AudioContext({ latencyHint: 'interactive' })
}

function peakOf(buffer: AudioBuffer): number {
  let most = 0
  for (let channel = 0; channel < buffer.numberOfChannels; channel += 1) for (const sample of buffer.getChannelData(channel)) most = Math.max(most, Math.abs(sample))
  return most
}

/** Decodes any sound the browser knows; the bytes stay as they are. */
export async function decoded(context: BaseAudioContext, bytes: ArrayBuffer): Promise<Loud> {
  const buffer = await context.decodeAudioData(bytes.slice(0))
  return { buffer, peak: peakOf(buffer) }
}

function chimeOf(context: BaseAudioContext): Loud {
  const samples = chimeSamples(context.sampleRate)
  const buffer = context.createBuffer(1, samples.length, context.sampleRate)
  buffer.copyToChannel(samples, 0)
  return { buffer, peak: peakOf(buffer) }
}

export function webOut(context: AudioContext, speaker: () => Speaker, zone: () => string): Out<Loud> {
  let factor = 1
  return {
    now: () => hubNow().getTime(),
    after: (ms, then) => { const timer = setTimeout(then, ms); return () => clearTimeout(timer) },
    lengthMs: sound => sound.buffer.duration * SECOND_MS,
    level: () => { factor = factorOf(gainAt(speaker(), secondOfDay(hubNow(), zone()))) },
    play: (sound, at) => {
      const source = context.createBufferSource()
      const gain = context.createGain()
      source.buffer = sound.buffer
      gain.gain.value = Math.min(factor, sound.peak > 0 ? PEAK / sound.peak : 1)
      source.connect(gain).connect(context.destination)
      source.start(Math.max(context.currentTime, context.currentTime + (at - hubNow().getTime()) / SECOND_MS))
      return { stop: () => source.stop() }
    },
    chime: chimeOf(context),
  }
}
