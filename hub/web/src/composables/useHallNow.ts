/** How a hall stands while its setup is edited: the board and the day's figures. */
import { type Ref, type ShallowRef } from 'vue'
import type { Today } from '../wire/office'
import type { Board } from '../wire/types'
import { useHall } from './useHall'
import { usePoll } from './usePoll'

const FIGURES_MS = 30_000

export interface HallNow { board: Readonly<Ref<Board | null>>; today: ShallowRef<Today | null> }

export function useHallNow(hall: string): HallNow {
  const view = useHall({ hall, face: 'wall' })
  const today = usePoll<Today>(() => `/halls/${encodeURIComponent(hall)}/today`, FIGURES_MS)
  return { board: view.board, today: today.value }
}
