/**
 * Which player this page is, and its settings. A player nobody knows, or whose token was taken back, is `unpaired`:
 * the page then shows a pairing code instead of a dead end.
 */
import { onScopeDispose, ref, shallowRef } from 'vue'
import { dropPlayerToken, playerToken } from '../wire/address'
import { get } from '../wire/http'
import { Problem } from '../wire/problem'
import type { Player } from '../wire/types'

export type PlayerState = 'loading' | 'ready' | 'unpaired' | 'unreachable'
/** What the address names and the hub does not know. */
export type Missing = 'screen' | 'hall'

const RETRY_MS = 5_000
const REFRESH_MS = 300_000

/** `plain` stands in where the address names a hall instead of a player: any browser may show a hall. */
export function usePlayer(id: string | null, plain: Player | null = null) {
  const state = ref<PlayerState>(id ? 'loading' : plain ? 'ready' : 'unpaired')
  const player = shallowRef<Player | null>(plain)
  const missing = ref<Missing | null>(null)
  const token = id ? playerToken(id) : null
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0

  async function read(): Promise<void> {
    clearTimeout(timer)
    if (!id) return
    const mine = ++asked
    try {
      const now = await get<Player>(`/players/${encodeURIComponent(id)}`, token ? { token } : {})
      // Asked again meanwhile: only the latest answer is surely not older than what made the page ask.
      if (mine !== asked) return
      player.value = now
      state.value = 'ready'
      timer = setTimeout(read, REFRESH_MS)
    } catch (error) {
      if (mine === asked) failed(error)
    }
  }

  function failed(error: unknown): void {
    if (error instanceof Problem && [401, 403, 404].includes(error.status)) return refused(error.status === 404)
    if (state.value !== 'ready') state.value = 'unreachable'
    timer = setTimeout(read, RETRY_MS)
  }

  /** The hub will not have this player's token any more, or (`unknown`) never heard of what the address names. */
  function refused(unknown = false): void {
    clearTimeout(timer)
    asked += 1
    if (id && token) dropPlayerToken(id)
    if (unknown) missing.value = id ? 'screen' : 'hall'
    state.value = 'unpaired'
  }

  void read()
  onScopeDispose(() => { asked += 1; clearTimeout(timer) })
  return { state, player, missing, token: () => token, refused, read }
}
