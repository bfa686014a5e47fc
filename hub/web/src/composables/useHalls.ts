/** The halls in which this person has a role; asked for again until the hub has told them. */
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { get } from '../wire/http'
import type { About, AboutHall } from '../wire/types'
import { useSession } from './useSession'

export type HallsState = 'reading' | 'some' | 'none' | 'failed'

const RETRY_MS = 4_000

export function useHalls(role: string) {
  const { me } = useSession()
  const all = shallowRef<AboutHall[]>([])
  const read = ref<'reading' | 'read' | 'failed'>('reading')
  const name = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined

  const reaches = (hall: string) => me.value?.roles.some(r =>
    (r.role === role || r.role === 'supervisor' || r.role === 'administrator') && (r.hall === null || r.hall === hall)) ?? false
  const halls = computed(() => all.value.filter(hall => reaches(hall.id)))
  const state = computed<HallsState>(() => (read.value !== 'read' ? read.value : halls.value.length ? 'some' : 'none'))

  async function look(): Promise<void> {
    clearTimeout(timer)
    try {
      const about = await get<About>('/about')
      all.value = about.halls
      name.value = about.name
      read.value = 'read'
    } catch {
      read.value = 'failed'
      timer = setTimeout(() => void look(), RETRY_MS)
    }
  }

  void look()
  onScopeDispose(() => clearTimeout(timer))
  return { halls, state, look }
}
