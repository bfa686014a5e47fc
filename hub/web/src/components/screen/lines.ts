/** Who waits in which queue, as the side panel lists it. Pure. */
import { waitingIn } from '../../wire/fold'
import type { Board, Queue } from '../../wire/types'

export type Line = Queue & { readonly next: string | null; readonly line: readonly string[] }

/** Every queue with its waiting numbers, first come first. */
export function linesOf(board: Board): Line[] {
  return board.queues.map(queue => {
    const line = waitingIn(board.tickets, queue.id).map(t => t.number)
    return { ...queue, next: line[0] ?? null, line }
  })
}

/** The first waiting numbers of every queue in which anybody waits. */
export function numbersOf(lines: readonly Line[], most: number): { queue: Queue; numbers: readonly string[] }[] {
  return lines.filter(it => it.line.length > 0).map(queue => ({ queue, numbers: queue.line.slice(0, most) }))
}
