/** A list of the hub that is changed row by row: read, written, read again. */
import { ref, shallowRef } from 'vue'
import { ask, get, type Method } from '../wire/http'
import type { Listed } from '../wire/office'
import { rowsOf } from '../wire/office'
import { Problem } from '../wire/problem'

/** `asks` false: a list this person may not read stays unread. */
export function useList<T>(path: string, asks = true) {
  const rows = shallowRef<T[] | null>(null)
  /** What stood in the way of reading, or of the last change. */
  const problem = shallowRef<Problem | null>(null)
  const busy = ref(false)
  const join = path.includes('?') ? '&' : '?'

  let asked = 0
  const read = async () => rowsOf(await get<Listed<T>>(`${path}${join}limit=500`))

  async function look(): Promise<void> {
    asked += 1
    try {
      rows.value = await read()
      problem.value = null
    } catch (error) {
      problem.value = asProblem(error)
    }
  }

  /** Reads anew while people work: what they were told stays, and one answer that is missing is nothing to tell. */
  async function renew(): Promise<void> {
    const mine = ++asked
    if (busy.value) return
    const now = await read().catch(() => null)
    if (now && mine === asked && !busy.value) rows.value = now
  }

  /** Asks for one change, then reads the list anew. The answer, or nothing when it was refused (see `problem`). */
  async function change<A = unknown>(method: Method, at: string, body?: unknown): Promise<{ answer: A } | null> {
    if (busy.value) return null
    busy.value = true
    problem.value = null
    try {
      const answer = await ask<A>(method, at, body === undefined ? {} : { body })
      await look()
      return { answer }
    } catch (error) {
      problem.value = asProblem(error)
      return null
    } finally {
      busy.value = false
    }
  }

  if (asks) void look()
  return { rows, problem, busy, look, renew, change, forgive: () => { problem.value = null } }
}

export const asProblem = (error: unknown) => (error instanceof Problem ? error : new Problem({ status: 0 }))
