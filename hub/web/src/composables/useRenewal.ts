/** Does something again and again while the page is looked at, and at once when somebody looks again. */
import { onScopeDispose } from 'vue'

export function useRenewal(renew: () => void, everyMs: number): void {
  const seen = () => { if (document.visibilityState === 'visible') renew() }
  const timer = setInterval(seen, everyMs)
  document.addEventListener('visibilitychange', seen)
  onScopeDispose(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', seen)
  })
}
