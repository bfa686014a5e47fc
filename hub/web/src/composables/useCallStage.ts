/** The big region of a hall screen over time: enters calls, ends their time, and says whether it pulses. */
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { arrive, emptyStage, isPulsing, leave, retract, settle, spoken, tick } from '../components/screen/stage'
import type { Call } from '../wire/types'

const TICK_MS = 100

export function useCallStage() {
  const stage = shallowRef(emptyStage)
  const now = ref(performance.now())
  const timer = setInterval(() => {
    now.value = performance.now()
    stage.value = tick(stage.value, now.value)
  }, TICK_MS)
  onScopeDispose(() => clearInterval(timer))

  return {
    shown: computed(() => stage.value.shown),
    pulsing: computed(() => isPulsing(stage.value, now.value)),
    called: (call: Call) => { stage.value = arrive(stage.value, call, performance.now()) },
    /** A voice begins to say it now, and needs so long. */
    spoken: (call: Call, lastsMs: number) => { const at = performance.now(); stage.value = spoken(stage.value, call, at, at + lastsMs) },
    retracted: (call: Call) => { stage.value = retract(stage.value, call, performance.now()) },
    /** Nobody is awaited any more. */
    left: (ref: number) => { stage.value = leave(stage.value, ref, performance.now()) },
    /** The visitor is at the counter. */
    settled: (ref: number) => { stage.value = settle(stage.value, ref, performance.now()) },
    /** Forgets all: after a lost link nothing old may flash. */
    clear: () => { stage.value = emptyStage },
  }
}
