/** Whether the session of an office page still holds: asked now and then, in silence. Signing in elsewhere brings it back. */
import { onScopeDispose } from 'vue'
import { readMe, useSession } from './useSession'

const ASK_MS = 5_000

export function useStillSignedIn() {
  const { ended, locked } = useSession()
  const timer = setInterval(() => { readMe().catch(() => { /* the page says elsewhere that the hub is away */ }) }, ASK_MS)
  onScopeDispose(() => clearInterval(timer))
  return { ended, locked }
}
