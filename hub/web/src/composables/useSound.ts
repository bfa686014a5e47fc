/** Whether this page may be heard. A browser allows no sound before somebody touched the page. */
import { onScopeDispose, readonly, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { makeContext } from '../aloud/webOut'
import { useBriefly } from './useBriefly'

/** How long a page says that it may be heard now. */
const ALLOWED_MS = 4_000
const GESTURES = ['pointerdown', 'keydown', 'touchend'] as const

export interface Sound {
  context: Readonly<ShallowRef<AudioContext | null>>
  running: Readonly<Ref<boolean>>
  /** It was just allowed. */
  allowed: Readonly<Ref<boolean>>
  open: () => AudioContext | null
  close: () => void
  /** Whether its clock stands still although it runs: nothing is heard then. Asked from time to time. */
  isStuck: () => boolean
}

export function useSound(): Sound {
  const context = shallowRef<AudioContext | null>(null)
  const running = ref(false)
  const allowed = useBriefly(ALLOWED_MS)
  let before = -1

  function changed(): void {
    const was = running.value
    running.value = context.value?.state === 'running'
    if (!was && running.value) allowed.begin()
  }
  function allow(): void {
    if (context.value && !running.value) void context.value.resume().catch(() => undefined)
  }
  function open(): AudioContext | null {
    context.value = makeContext()
    if (context.value) context.value.onstatechange = changed
    running.value = context.value?.state === 'running'
    return context.value
  }
  function close(): void {
    void context.value?.close().catch(() => undefined)
    context.value = null
    running.value = false
  }
  function isStuck(): boolean {
    const at = context.value?.currentTime ?? 0
    const stands = running.value && at === before
    before = at
    return stands
  }

  for (const gesture of GESTURES) window.addEventListener(gesture, allow)
  onScopeDispose(() => {
    for (const gesture of GESTURES) window.removeEventListener(gesture, allow)
    close()
  })
  return { context, running: readonly(running), allowed: allowed.is, open, close, isStuck }
}
