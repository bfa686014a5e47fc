/** Asks to join a hall: shows a code, waits for an administrator, then goes to the player's own page with its token. */
import { onScopeDispose, ref, shallowRef } from 'vue'
import { keepPlayerToken } from '../wire/address'
import { get, post } from '../wire/http'
import type { Face, Pairing, PairingState } from '../wire/types'

const ASK_MS = 3_000
const RETRY_MS = 5_000

export function usePairing(face: Face) {
  const pairing = shallowRef<Pairing | null>(null)
  const state = ref<PairingState['state'] | 'asking' | 'unreachable'>('asking')
  let timer: ReturnType<typeof setTimeout> | undefined
  const soon = (what: () => Promise<void>, ms: number) => { clearTimeout(timer); timer = setTimeout(what, ms) }

  async function begin(): Promise<void> {
    try {
      pairing.value = await post<Pairing>('/pairings', { face, wish: wish() })
      state.value = 'waiting'
      soon(look, ASK_MS)
    } catch {
      state.value = 'unreachable'
      soon(begin, RETRY_MS)
    }
  }

  async function look(): Promise<void> {
    const current = pairing.value
    if (!current) return
    try {
      settle(await get<PairingState>('/pairings/mine', { headers: { 'X-Pairing-Secret': current.secret } }))
    } catch {
      soon(Date.now() > Date.parse(current.expires_at) ? begin : look, RETRY_MS)
    }
  }

  function settle(answer: PairingState): void {
    state.value = answer.state
    if (answer.state === 'waiting') soon(look, ASK_MS)
    else if (answer.state === 'expired') void begin()
    else if (answer.state === 'approved') join(answer)
  }

  function join(answer: PairingState): void {
    if (answer.player && answer.token) keepPlayerToken(answer.player, answer.token)
    const to = new URL(answer.url ?? '/', location.href)
    location.replace(to.pathname + to.search + to.hash)
  }

  void begin()
  onScopeDispose(() => clearTimeout(timer))
  return { pairing, state, again: begin }
}

/** What the screen is, to help the administrator choose. */
function wish(): { size: string; orientation: string } {
  const { width, height } = window.screen
  return { size: `${width}x${height}`, orientation: height > width ? 'portrait' : 'landscape' }
}
