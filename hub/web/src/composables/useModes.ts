/**
 * Who calls in a hall now. No board tells it, so the setup is read, and the journal of the day back to its beginning;
 * afterwards only what is new. Asked for when somebody wants to change it, not before.
 */
import { shallowRef } from 'vue'
import { beginsDay, NOTHING_SET, setAfter, type ModeEntry, type SetToday } from '../components/wall/modes'
import { get } from '../wire/http'
import { rowsOf, type Listed } from '../wire/office'
import { Problem } from '../wire/problem'
import type { Setup } from '../wire/setup'
import type { Position } from '../wire/types'

/** Entries the hub hands out at once. */
const PAGE = 500
/** More entries than any day has; beyond them it is unknown. */
const PAGES_MAX = 100
const GONE = 410

export interface Modes { set: SetToday; setup: Setup }

/** Reads what was set today up to `seq`; nothing where the day is too long. */
export async function readToday(entries: (after: number, limit: number) => Promise<readonly ModeEntry[]>, seq: number): Promise<SetToday | null> {
  const read: (readonly ModeEntry[])[] = []
  let until = seq
  let step = PAGE
  for (let asked = 0; asked < PAGES_MAX; asked += 1) {
    const after = Math.max(0, until - step)
    try {
      const page = await entries(after, until - after)
      read.unshift(page)
      if (!after || beginsDay(page)) return setAfter(NOTHING_SET, read.flat())
      until = after
    } catch (error) {
      // What was archived is of days before this one: up to there in smaller steps.
      if (!(error instanceof Problem) || error.status !== GONE) throw error
      if (step === 1) return setAfter(NOTHING_SET, read.flat())
      step = Math.ceil(step / 2)
    }
  }
  return null
}

export function useModes(hall: () => string, at: () => Position | undefined) {
  const modes = shallowRef<Modes | null>(null)
  const failed = shallowRef(false)
  let known: { hall: string; epoch: number; seq: number; set: SetToday } | null = null
  let asked = 0

  async function look(): Promise<void> {
    const [id, position, mine] = [hall(), at(), ++asked]
    if (!id || !position) return
    if (known?.hall !== id || known.epoch !== position.epoch) known = modes.value = null
    const base = `/halls/${encodeURIComponent(id)}`
    const entries = async (after: number, limit: number) => rowsOf(await get<Listed<ModeEntry>>(`${base}/journal?after=${after}&limit=${limit}`))
    try {
      const setup = await get<Setup>(`${base}/setup`)
      const before = known
      const set = before && position.seq - before.seq <= PAGE
        ? position.seq > before.seq ? setAfter(before.set, await entries(before.seq, position.seq - before.seq)) : before.set
        : await readToday(entries, position.seq)
      if (mine !== asked) return
      failed.value = !set
      if (!set) return
      known = { hall: id, epoch: position.epoch, seq: position.seq, set }
      modes.value = { set, setup }
    } catch {
      if (mine === asked) failed.value = true
    }
  }

  return { modes, failed, look }
}
