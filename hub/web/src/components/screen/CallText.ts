/** What a call shows besides its number: where to, the queue's names, and what became of it. Pure. */
import { counterName } from '../../i18n/format'
import { screenName } from '../../i18n'
import type { Board, Call } from '../../wire/types'
import type { CallState } from './recent'

export interface CallText {
  number: string; label: string; word: string; wordEn: string
  where: string; queue: string; queueEn: string
  state: CallState
  /** Below 1 where a long number or label needs the room. */
  scale: number
}

const ROOM_SIGNS = 6
const TIGHT_SIGNS = 5.4

const EN_REM = 0.175
/** Whether an English name fits in two lines beside a Chinese one, both in rem: how wide the place is, and a Han sign. */
export const fitsBeside = (call: CallText, room: number, han: number) => call.queueEn.length * EN_REM <= 2 * (room - call.queue.length * han)

/** A ticket that waits again may stand in another queue by now: that one is named. */
export function callText(board: Board, call: Call, state: CallState): CallText {
  const { hall } = board
  const waitsIn = state === 'waits' ? board.tickets.find(t => t.ref === call.ref)?.queue : undefined
  const queue = board.queues.find(q => q.id === (waitsIn ?? call.queue))
  const signs = call.number.length + call.label.length
  const words = { zh: hall.counter_word, en: hall.counter_word_en }
  return {
    number: call.number, label: call.label, word: hall.counter_word, wordEn: counterName('en', call.label, words),
    where: counterName('zh', call.label, words),
    queue: queue ? screenName(queue) : '', queueEn: queue?.name_en ?? '', state,
    scale: signs > ROOM_SIGNS ? TIGHT_SIGNS / signs : 1,
  }
}
