/** How a hall stands while its setup is edited: the board and the day's figures. */
import { watch, type Ref, type ShallowRef } from 'vue'
import type { Today } from '../wire/office'
import type { Board } from '../wire/types'
import { useHall } from './useHall'
import { usePoll } from './usePoll'
import { useSession } from './useSession'

const FIGURES_MS = 30_000

export interface HallNow { board: Readonly<Ref<Board | null>>; today: ShallowRef<Today | null> }

export function useHallNow(hall: string): HallNow {
  const view = useHall({ hall, face: 'wall' })
  const today = usePoll<Today>(() => `/halls/${encodeURIComponent(hall)}/today`, FIGURES_MS)
  const { ended } = useSession()
  watch(ended, is => { if (!is) view.retryNow() })
  return { board: view.board, today: today.value }
}
