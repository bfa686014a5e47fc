/** The chime before a call: two falling tones of a struck bar, as the players make it. A hearing loop never carries it. Pure. */

export const CHIME_S = 0.9
const TONES_HZ = [659.26, 523.25]
const SECOND_S = 0.32
/** Overtones: multiple of the tone, strength, and seconds until a third of it is left. */
const PARTIALS = [[1, 1, 0.3], [2, 0.28, 0.18], [3.01, 0.1, 0.09], [5.4, 0.03, 0.04]] as const
const ATTACK_S = 0.006
const RELEASE_S = 0.12
/** About 2 LU under the speech. */
const STRENGTH = 0.257

const rise = (share: number) => 0.5 - 0.5 * Math.cos(Math.PI * share)

/** One tone, so many seconds after it was struck. */
function tone(hz: number, at: number): number {
  if (at < 0) return 0
  const struck = at < ATTACK_S ? rise(at / ATTACK_S) : 1
  return struck * PARTIALS.reduce((sum, [times, strength, lasts]) => sum + strength * Math.exp(-at / lasts) * Math.sin(2 * Math.PI * times * hz * at), 0)
}

/** The chime at so many samples a second. */
export function chimeSamples(rate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.floor(CHIME_S * rate))
  for (let n = 0; n < samples.length; n += 1) {
    const at = n / rate
    const end = rise(Math.min(CHIME_S - at, RELEASE_S) / RELEASE_S)
    samples[n] = STRENGTH * end * TONES_HZ.reduce((sum, hz, which) => sum + tone(hz, at - which * SECOND_S), 0)
  }
  return samples
}
