/** How a page of the office begins: who is signed in here, or the way to the login page; waits where the hub is away. */
import { computed, onMounted, ref } from 'vue'
import type { Me } from '../wire/types'
import { useSession } from './useSession'

export function useSignedIn(found: (who: Me) => void = () => undefined) {
  const { me, readMe, toLogin } = useSession()
  const failed = ref(false)
  const ready = ref(false)

  async function begin(): Promise<void> {
    failed.value = false
    try {
      const who = await readMe(true)
      if (!who || who.must_change_password) return toLogin()
      found(who)
      ready.value = true
    } catch {
      failed.value = true
    }
  }

  onMounted(begin)
  /** `who` is nobody until the page may begin. */
  return { who: computed(() => (ready.value ? me.value : null)), failed, begin }
}
