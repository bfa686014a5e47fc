/** Who calls now: what was set today, over what the setup says. Pure. */
import type { Subject } from '../../composables/useWall'
import type { Mode, Setup } from '../../wire/setup'

/** An entry of the journal, as far as it concerns who calls. */
export interface ModeEntry { event: { day?: { new?: boolean }; mode?: { mode: Mode; queue?: string | null; counter?: string | null } } }
export interface SetToday { hall: Mode | null; queues: Record<string, Mode>; counters: Record<string, Mode> }
export interface Standing { mode: Mode; own: boolean }

export const NOTHING_SET: SetToday = { hall: null, queues: {}, counters: {} }

/** What is set after these entries; a new day forgets what was set before. */
export function setAfter(before: SetToday, entries: readonly ModeEntry[]): SetToday {
  return entries.reduce((set, { event }) => {
    if (event.day?.new) return NOTHING_SET
    if (!event.mode) return set
    const { mode, queue, counter } = event.mode
    if (queue) return { ...set, queues: { ...set.queues, [queue]: mode } }
    return counter ? { ...set, counters: { ...set.counters, [counter]: mode } } : { ...set, hall: mode }
  }, before)
}

/** Whether the day began among these entries: nothing before them counts. */
export const beginsDay = (entries: readonly ModeEntry[]) => entries.some(it => it.event.day?.new)

type Rows = { hall: Pick<Setup['hall'], 'mode'>; queues: readonly { id: string; mode: Mode | null }[]; counters: readonly { id: string; mode: Mode | null }[] }

/** How a hall, a queue or a counter stands; without a word of its own it goes by the hall's (a counter: by its queues'). */
export function standingOf(subject: Subject, set: SetToday, setup: Rows): Standing {
  const hall = set.hall ?? setup.hall.mode
  if (subject.kind === 'hall') return { mode: hall, own: true }
  const [today, rows] = subject.kind === 'queue' ? [set.queues, setup.queues] : [set.counters, setup.counters]
  const own = today[subject.id] ?? rows.find(row => row.id === subject.id)?.mode ?? null
  return own ? { mode: own, own: true } : { mode: hall, own: false }
}
