/** Has something said that nobody else hears: the hub makes it, this page plays it. One at a time. */
import { onScopeDispose, ref, shallowRef } from 'vue'
import { bytesOf } from '../aloud/wav'
import { decoded, makeContext } from '../aloud/webOut'
import { post } from '../wire/http'
import type { SaidAnswer } from '../wire/office'
import type { Problem } from '../wire/problem'
import { asProblem } from './useList'

export function useSay(hall: () => string) {
  const answer = shallowRef<SaidAnswer | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const state = ref<'idle' | 'making' | 'playing'>('idle')
  /** The hub made it, and this machine cannot play it. */
  const unheard = ref(false)
  let context: AudioContext | null = null
  let source: AudioBufferSourceNode | null = null
  let asked = 0

  async function say(body: Record<string, unknown>): Promise<void> {
    stop()
    const mine = ++asked
    problem.value = null
    unheard.value = false
    state.value = 'making'
    // Made in the press itself: browsers allow sound only then.
    context ??= makeContext()
    void context?.resume().catch(() => undefined)
    try {
      const got = await post<SaidAnswer>(`/halls/${encodeURIComponent(hall())}/say`, body, { spoken: true })
      if (mine !== asked) return
      answer.value = got
      state.value = 'idle'
      if (got.wav) await play(bytesOf(got.wav), mine)
    } catch (error) {
      if (mine !== asked) return
      state.value = 'idle'
      problem.value = asProblem(error)
    }
  }

  /** Any sound the browser knows. */
  async function play(bytes: ArrayBuffer, mine = ++asked): Promise<void> {
    context ??= makeContext()
    if (!context) { unheard.value = true; return }
    void context.resume().catch(() => undefined)
    try {
      const { buffer } = await decoded(context, bytes)
      if (mine !== asked) return
      source = context.createBufferSource()
      source.buffer = buffer
      source.connect(context.destination)
      const own = source
      own.onended = () => { if (source === own) { source = null; state.value = 'idle' } }
      own.start()
      state.value = 'playing'
    } catch {
      unheard.value = true
    }
  }

  function stop(): void {
    asked += 1
    const was = source
    source = null
    was?.stop()
    state.value = 'idle'
  }
  onScopeDispose(() => { stop(); void context?.close().catch(() => undefined) })
  return { answer, problem, state, unheard, say, play, stop, forgive: () => { problem.value = null }, forget: () => { stop(); answer.value = null; problem.value = null } }
}
