/** What a supervisor may do with a counter, a queue or the hall now: each a command with the sentence to confirm. Pure. */
import type { Words } from '../../i18n'
import { act } from '../../i18n/words/wall'
import type { Board, Command, Counter, Queue, Ticket } from '../../wire/types'

export interface Deed { key: string; name: Words; line: Words; fill: Record<string, string | number>; command: Command; danger: boolean }

const deed = (name: Words, line: Words, command: Command, fill: Deed['fill'] = {}, danger = false): Deed =>
  ({ key: command.do + String(command.queue ?? ''), name, line, fill, command, danger })

export function deedsOfCounter(counter: Counter, ticket: Ticket | null, staff: string, who: string): Deed[] {
  const id = counter.id
  if (counter.state === 'closed') return [deed(act.open, act.openLine, { do: 'open_counter', counter: id, ...(staff ? { staff } : {}) }, { who })]
  if (ticket) return deedsOfTicket(counter, ticket)
  const close = deed(act.close, act.closeLine, { do: 'close_counter', counter: id }, {}, true)
  return counter.state === 'paused'
    ? [deed(act.resume, act.resumeLine, { do: 'resume_counter', counter: id }), close]
    : [deed(act.pause, act.pauseLine, { do: 'pause_counter', counter: id, reason: 'other' }), close]
}

function deedsOfTicket(counter: Counter, ticket: Ticket): Deed[] {
  const fill = { number: ticket.number }
  const back = deed(act.back, act.backLine, { do: 'transfer', counter: counter.id, queue: ticket.queue, place: 'head' }, fill)
  return counter.state === 'calling'
    ? [deed(act.noShow, act.noShowLine, { do: 'no_show', counter: counter.id }, fill, true), back]
    : [deed(act.finish, act.finishLine, { do: 'finish', counter: counter.id }, fill, true), back]
}

export function deedsOfQueue(queue: Queue): Deed[] {
  const fill = { count: queue.waiting }
  return queue.state === 'frozen'
    ? [deed(act.thaw, act.thawLine, { do: 'thaw_queue', queue: queue.id }, fill)]
    : [deed(act.freeze, act.freezeLine, { do: 'freeze_queue', queue: queue.id }, fill, true)]
}

export function deedsOfHall(board: Board): Deed[] {
  const many = (...states: Ticket['state'][]) => board.tickets.filter(t => states.includes(t.state)).length
  const fill = { count: many('waiting'), parked: many('parked'), busy: many('called', 'serving') }
  return board.day?.open
    ? [deed(act.closeDay, act.closeDayLine, { do: 'close_day' }, fill, true)]
    : [deed(act.openDay, act.openDayLine, { do: 'open_day' })]
}
