/** Names of a hall's things as the wall says them. */
import { language, nameOf, say } from '../../i18n'
import { pauseReasons } from '../../i18n/words/states'
import type { Board, PauseReason, Queue } from '../../wire/types'

/** At most five characters in Chinese; the English name as it is. */
export function shortName(queue: Queue): string {
  return language.value === 'zh' && queue.short ? queue.short : nameOf(queue)
}

export function reasonOf(board: Board, code: string | null): string {
  if (!code) return ''
  const own = board.hall.reasons.find(r => r.id === code)
  if (own) return nameOf(own)
  return code in pauseReasons ? say(pauseReasons[code as PauseReason]) : ''
}
