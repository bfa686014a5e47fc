/**
 * Calls that nobody hears: no voice has words for them, or no speaker that is meant works now. A screen says so beside the
 * number, until a speaker begins to say it all the same. A silent queue's calls are not meant to be heard, and have no mark.
 */
import { shallowRef } from 'vue'
import type { Aloud } from '../wire/types'

/** As many are remembered; the oldest goes first. */
const CALLS_MAX = 50

export function useUnsaid() {
  const calls = shallowRef<readonly number[]>([])
  const without = (ref: number) => calls.value.filter(it => it !== ref)
  return {
    /** A ticket is called, and this is how it is said. */
    told: (ref: number, aloud: Aloud | null | undefined) => {
      const isUnsaid = !!aloud && (!!aloud.unheard || !aloud.say.length)
      calls.value = isUnsaid ? [...without(ref), ref].slice(-CALLS_MAX) : without(ref)
    },
    /** It is said after all. */
    said: (ref: number) => { calls.value = without(ref) },
    has: (ref: number) => calls.value.includes(ref),
  }
}
