/** A small hall for the tests. */
import type { Board, Call, Counter, Queue, Ticket } from '../src/wire/types'

export const queue = (id: string, more: Partial<Queue> = {}): Queue =>
  ({ id, prefix: id, name: `队列${id}`, name_en: `Queue ${id}`, short: null, department: null, department_en: null, zones: [], waiting: 0, state: 'open', estimate: null, ...more })

export const counter = (id: string, more: Partial<Counter> = {}): Counter =>
  ({ id, label: id, state: 'open', ticket: null, queues: ['A'], reason: null, zones: [], since: '2025-11-24T10:00:00+08:00', ...more })

export const ticket = (ref: number, more: Partial<Ticket> = {}): Ticket =>
  ({ ref, number: `A${String(ref).padStart(3, '0')}`, queue: 'A', state: 'waiting', priority: null, counter: null, stage: null, zones: [], order: ref, ...more })

export const board = (more: Partial<Board> = {}): Board => ({
  at: { epoch: 1, seq: 0 },
  day: { date: '2025-11-24', open: true },
  hall: { id: 'h', name: '大厅', name_en: 'Hall', site: '中心', site_en: 'Centre', time_zone: 'Asia/Shanghai', counter_word: '号窗口', counter_word_en: 'Counter', missed_hint: '请到 1 号窗口', missed_hint_en: 'Counter 1', ticker: [], undo_s: 10, reasons: [], classes: [] },
  queues: [queue('A'), queue('B')], tickets: [], counters: [counter('1'), counter('2')], calls: [], missed: [], notices: [], ...more,
})

export const call = (ref: number, counter: string, more: Partial<Call> = {}): Call =>
  ({ ref, number: `A${String(ref).padStart(3, '0')}`, queue: 'A', counter, label: counter, zones: [], at: '2025-11-24T10:00:00+08:00', times: 1, ...more })
