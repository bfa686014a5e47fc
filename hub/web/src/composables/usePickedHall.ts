/** The board of the hall that is picked; another pick closes the old link and opens a new one. */
import { effectScope, onScopeDispose, ref, shallowRef, watch, type EffectScope, type Ref } from 'vue'
import type { LinkState } from '../wire/link'
import type { Board, Face } from '../wire/types'
import { useHall, type HallOptions } from './useHall'

export function usePickedHall(hall: Ref<string>, face: Face, heard: Pick<HallOptions, 'onFrame' | 'onVoice'> = {}) {
  const board = shallowRef<Board | null>(null)
  const state = ref<LinkState>('joining')
  const lastUpdate = shallowRef<Date | null>(null)
  const closeCode = ref<number | null>(null)
  const players = shallowRef<Record<string, boolean>>({})
  let scope: EffectScope | undefined
  let again = () => {}

  watch(hall, id => {
    scope?.stop()
    board.value = null
    state.value = 'joining'
    closeCode.value = null
    if (!id) return
    scope = effectScope(true)
    scope.run(() => follow(id))
  }, { immediate: true })

  function follow(id: string): void {
    const view = useHall({ hall: id, face, ...heard })
    again = view.retryNow
    watch(view.board, now => { board.value = now as Board | null }, { flush: 'sync' })
    watch(view.state, now => { state.value = now }, { flush: 'sync' })
    watch(view.lastUpdate, now => { lastUpdate.value = now }, { flush: 'sync' })
    watch(view.players, now => { players.value = now })
    watch(view.closeCode, now => { closeCode.value = now }, { flush: 'sync' })
  }

  onScopeDispose(() => scope?.stop())
  return { board, players, state, lastUpdate, closeCode, retryNow: () => again() }
}
