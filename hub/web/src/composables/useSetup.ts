/** The setup of one hall: read, and written row by row against the revision that was seen. */
import { inject, provide, ref, shallowRef, type InjectionKey } from 'vue'
import { ask, get } from '../wire/http'
import { Problem } from '../wire/problem'
import type { HallSetup, Rows, Setup } from '../wire/setup'

export type SaveResult = 'saved' | 'stale' | 'refused'

function makeSetup(hall: string) {
  const setup = shallowRef<Setup | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const busy = ref(false)
  /** Who saved first, the last time somebody did, by name where the hub knows it. */
  const forestalledBy = shallowRef<string | null>(null)
  const base = `/halls/${encodeURIComponent(hall)}`

  async function look(): Promise<void> {
    try {
      setup.value = await get<Setup>(`${base}/setup`)
      problem.value = null
    } catch (error) {
      problem.value = error instanceof Problem ? error : new Problem({ status: 0 })
    }
  }

  /** Writes against the revision this page has seen; somebody else's change is never overwritten unseen. */
  async function write(method: 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<SaveResult> {
    if (busy.value) return 'refused'
    busy.value = true
    problem.value = null
    const headers = setup.value ? { 'If-Match': String(setup.value.revision) } : {}
    try {
      setup.value = await ask<Setup>(method, base + path, { ...(body === undefined ? {} : { body }), headers })
      return 'saved'
    } catch (error) {
      problem.value = error instanceof Problem ? error : new Problem({ status: 0 })
      if (problem.value.code !== 'stale') return 'refused'
      const theirs = problem.value
      await look()
      forestalledBy.value = theirs.body.by ?? null
      problem.value = theirs
      return 'stale'
    } finally {
      busy.value = false
    }
  }

  const put = <K extends keyof Rows>(kind: K, row: Rows[K]) => write('PUT', `/${kind}/${encodeURIComponent(row.id)}`, row)
  const remove = (kind: keyof Rows, id: string) => write('DELETE', `/${kind}/${encodeURIComponent(id)}`)
  const patchHall = (fields: Partial<HallSetup>) => write('PATCH', '/setup', fields)

  void look()
  return { hall, setup, problem, busy, forestalledBy, look, put, remove, patchHall, forgive: () => { problem.value = null } }
}

export type SetupOfHall = ReturnType<typeof makeSetup>
const SETUP: InjectionKey<SetupOfHall> = Symbol('setup')

export function useSetup(hall: string): SetupOfHall {
  const made = makeSetup(hall)
  provide(SETUP, made)
  return made
}

export function theSetup(): SetupOfHall {
  const made = inject(SETUP)
  if (!made) throw new Error('no setup around this part')
  return made
}

const ID_CHARS = 8
/** A fresh id for a new row: nobody types or reads ids. */
export function freshId(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_CHARS))
  return `${prefix}-${[...bytes].map(b => (b % 36).toString(36)).join('')}`
}
