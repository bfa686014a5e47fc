/** The recorded clips of a hall: read, added to, removed. */
import { shallowRef, ref, watch } from 'vue'
import { ask, del, get, getBytes } from '../wire/http'
import { rowsOf, type ClipRow, type Listed } from '../wire/office'
import type { Problem } from '../wire/problem'
import { asProblem } from './useList'

export const CLIP_BYTES_MAX = 10 * 1024 * 1024
export const CLIP_SECONDS_MAX = 60

export function useClips(hall: () => string) {
  const rows = shallowRef<ClipRow[] | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const busy = ref(false)
  const base = () => `/halls/${encodeURIComponent(hall())}/clips`

  async function look(): Promise<void> {
    if (!hall()) return
    try {
      rows.value = rowsOf(await get<Listed<ClipRow>>(base()))
    } catch (error) {
      problem.value = asProblem(error)
    }
  }

  async function trying<T>(what: () => Promise<T>): Promise<T | null> {
    if (busy.value) return null
    busy.value = true
    problem.value = null
    try {
      const answer = await what()
      await look()
      return answer
    } catch (error) {
      problem.value = asProblem(error)
      return null
    } finally {
      busy.value = false
    }
  }

  /** The new clip, or nothing where the hub would not have it (see `problem`). */
  const add = (name: string, file: Blob) => trying(() => ask<ClipRow>('POST', `${base()}?name=${encodeURIComponent(name)}`, { file }))
  const remove = async (id: string) => await trying(async () => { await del(`${base()}/${encodeURIComponent(id)}`); return true }) ?? false
  const sound = async (id: string) => (await getBytes(`${base()}/${encodeURIComponent(id)}/sound`)).bytes

  watch(hall, () => { rows.value = null; void look() }, { immediate: true })
  return { rows, problem, busy, look, add, remove, sound, forgive: () => { problem.value = null } }
}
