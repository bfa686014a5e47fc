/** What a call shows besides its number: where to, and the queue's names. Pure. */
import { counterName } from '../../i18n/format'
import { screenName } from '../../i18n'
import type { Board, Call } from '../../wire/types'

export interface CallText {
  number: string; label: string; word: string; wordEn: string
  where: string; queue: string; queueEn: string
  /** Below 1 where a long number or label needs the room. */
  scale: number
}

const ROOM_SIGNS = 6
const TIGHT_SIGNS = 5.4

export function callText(board: Board, call: Call): CallText {
  const { hall } = board
  const queue = board.queues.find(q => q.id === call.queue)
  const signs = call.number.length + call.label.length
  const words = { zh: hall.counter_word, en: hall.counter_word_en }
  return {
    number: call.number, label: call.label, word: hall.counter_word, wordEn: counterName('en', call.label, words),
    where: counterName('zh', call.label, words),
    queue: queue ? screenName(queue) : '', queueEn: queue?.name_en ?? '',
    scale: signs > ROOM_SIGNS ? TIGHT_SIGNS / signs : 1,
  }
}
