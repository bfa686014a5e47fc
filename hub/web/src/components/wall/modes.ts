/** Who calls now, as the board says it. Pure. */
import type { Subject } from '../../composables/useWall'
import type { Mode } from '../../wire/setup'
import type { Modes } from '../../wire/types'

/** `own`: it has a mode of its own; `set`: a supervisor chose that today, and may take it back. */
export interface Standing { mode: Mode; own: boolean; set: boolean }

/** How a hall, a queue or a counter stands; without a word of its own it goes by the hall's (a counter: by its queues'). */
export function standingOf(subject: Subject, told: Modes): Standing {
  const hall = told.hall as Mode
  if (subject.kind === 'hall') return { mode: hall, own: true, set: told.set?.hall ?? false }
  const own = (subject.kind === 'queue' ? told.queues : told.counters)[subject.id] as Mode | undefined
  const set = (subject.kind === 'queue' ? told.set?.queues : told.set?.counters)?.includes(subject.id) ?? false
  return own ? { mode: own, own: true, set } : { mode: hall, own: false, set: false }
}

/** The mode of a queue or counter that goes its own way; nothing where it goes with the hall. */
export function otherMode(subject: Subject, told: Modes | null | undefined): Mode | null {
  if (!told) return null
  const { mode } = standingOf(subject, told)
  return mode === told.hall ? null : mode
}
