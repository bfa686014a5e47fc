/** Tickets and counters in words. A page never shows a code. */
import type { CounterState, QueueState, TicketState, PauseReason } from '../../wire/types'
import type { Words } from '../index'

export const ticketStates: Record<TicketState, Words> = {
  waiting: { zh: '等候中', en: 'Waiting' },
  called: { zh: '呼叫中', en: 'Called' },
  serving: { zh: '办理中', en: 'Being served' },
  parked: { zh: '挂起', en: 'Parked' },
  no_show: { zh: '过号', en: 'Missed' },
  done: { zh: '已办结', en: 'Done' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
  unserved: { zh: '今日未办', en: 'Not served today' },
}

export const counterStates: Record<CounterState, Words> = {
  closed: { zh: '未开放', en: 'Closed' },
  open: { zh: '可办理', en: 'Available' },
  calling: { zh: '呼叫中', en: 'Calling' },
  serving: { zh: '办理中', en: 'Serving' },
  paused: { zh: '暂停服务', en: 'Paused' },
  wrapping_up: { zh: '整理中', en: 'Wrapping up' },
}

export const pauseReasons: Record<PauseReason, Words> = {
  busy: { zh: '处理内部事务', en: 'Busy' },
  away: { zh: '短暂离开', en: 'Away' },
  break: { zh: '休息', en: 'Break' },
  other: { zh: '其他', en: 'Other' },
}

export const queueStates: Record<QueueState, Words> = {
  open: { zh: '开放', en: 'Open' },
  closed: { zh: '未到取号时间', en: 'Closed now' },
  noon: { zh: '午间休息', en: 'Noon break' },
  full: { zh: '今日号已取完', en: 'Full for today' },
  frozen: { zh: '暂停取号', en: 'On hold' },
}
