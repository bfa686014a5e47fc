/** What the strip of a closed counter says: gone for the day, not open yet, or the noon break and when it ends. Pure. */
import { inLanguage } from '../../i18n'
import { clock, isoDay } from '../../i18n/format'
import { strip } from '../../i18n/words/screen'
import type { Board, Counter } from '../../wire/types'

export interface ShutLine { name: string; more: string; moreEn: string; state: string }

export function shutLine(board: Board | null, counter: Counter | undefined, noon: boolean, opens: Date | null): ShutLine {
  if (noon) return noonLine(opens, board?.hall.time_zone)
  const words = board && counter && !wasOpenToday(board, counter) ? strip.notOpened : strip.closed
  return { name: words.zh, more: strip.closedHint.zh, moreEn: `${words.en}. ${strip.closedHint.en}`, state: words.zh }
}

/** A counter that is closed since a day before this one has not opened today: nobody has gone home from it. */
function wasOpenToday(board: Board, counter: Counter): boolean {
  if (!board.day) return false
  return !counter.since || isoDay(new Date(counter.since), board.hall.time_zone) >= board.day.date
}

function noonLine(opens: Date | null, zone: string | undefined): ShutLine {
  const time = opens ? clock(opens, zone) : ''
  const until = (of: 'zh' | 'en') => (time ? inLanguage(of, strip.noonUntil, { time }) : '')
  return {
    name: strip.noon.zh, state: strip.noon.zh,
    more: until('zh') || strip.closedHint.zh,
    moreEn: [strip.noon.en, until('en') || strip.closedHint.en].join(time ? ', ' : '. '),
  }
}
