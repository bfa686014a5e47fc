/** Everything a supervisor looks at in one hall: the board, alerts, the day's figures, players; and what they may do. */
import { computed, inject, provide, ref, watch, type InjectionKey } from 'vue'
import type { Alert, Listed, PlayerRow, Today } from '../wire/office'
import { rowsOf } from '../wire/office'
import type { Answer, Command } from '../wire/types'
import { useClock } from './useClock'
import { usePlaces } from '../components/wall/usePlaces'
import { useOutgoing } from './useOutgoing'
import { usePickedHall } from './usePickedHall'
import { usePoll } from './usePoll'
import { usePress } from './usePress'

const ALERTS_MS = 10_000
const FIGURES_MS = 30_000
/** The hub lets nobody in with this session any more. */
const TOKEN_REFUSED = 4501

/** What the panel at the right is about. */
export type Subject = { kind: 'counter'; id: string } | { kind: 'queue'; id: string } | { kind: 'hall' }

function makeWall(hallId: () => string) {
  const hall = ref(hallId())
  watch(hallId, id => { hall.value = id })
  const { now: clock } = useClock()
  const at = (rest: string) => (hall.value ? `/halls/${encodeURIComponent(hall.value)}${rest}` : null)
  const alerts = usePoll<Listed<Alert>>(() => at('/alerts'), ALERTS_MS)
  const today = usePoll<Today>(() => at('/today'), FIGURES_MS)
  const allPlayers = usePoll<Listed<PlayerRow>>(() => '/players?limit=500', FIGURES_MS)
  const subject = ref<Subject | null>(null)
  /** The broadcast page is open, in the place of what else is looked at. */
  const saying = ref(false)
  watch(subject, it => { if (it) saying.value = false })
  watch(saying, is => { if (is) subject.value = null })
  const outgoing = useOutgoing()
  const view = usePickedHall(hall, 'wall', {
    onFrame: (kind, body, fresh, after) => {
      outgoing.heard(kind, body, fresh, after)
      if (kind === 'counter' || kind === 'called') alerts.look()
      if (kind === 'configured') void places.look()
    },
    onVoice: outgoing.voiced,
  })
  const places = usePlaces(() => hall.value)
  const press = usePress({ hall: () => hall.value, answered: () => today.look() })
  /** Trying again helps nobody then: only signing in does. */
  const signedOut = computed(() => view.closeCode.value === TOKEN_REFUSED || alerts.signedOut.value || today.signedOut.value)
  const live = computed(() => view.state.value === 'live' && !signedOut.value)
  /** Stands still while the link is lost: nothing on the wall counts on by itself. */
  const now = computed(() => (live.value ? clock.value : view.lastUpdate.value ?? clock.value))
  const players = computed(() => rowsOf(allPlayers.value.value ?? []).filter(p => p.hall === hall.value)
    .map(p => ({ ...p, online: view.players.value[p.id] ?? p.online })))

  watch(hall, () => { outgoing.forget(); subject.value = null; saying.value = false; today.value.value = null; alerts.value.value = null; today.look(); alerts.look() })
  watch(live, is => { if (is) press.resume() })
  // Signed in again in another window: this one goes on by itself.
  watch(alerts.signedOut, is => { if (!is) view.retryNow() })

  const run = async (command: Command): Promise<Answer | null> => await press.run(command)

  return {
    hall, now, clock, view, live, signedOut, alerts: computed(() => rowsOf(alerts.value.value ?? [])), alertsLook: alerts.look, alertsFailed: alerts.failed,
    /** Whether the list of alerts is the truth of now: only then may an empty one be said. */
    alertsKnown: computed(() => live.value && !alerts.failed.value && alerts.value.value !== null),
    today: today.value, players, playersKnown: computed(() => !allPlayers.forbidden.value && allPlayers.value.value !== null), press, run, subject, saying, places, outgoing,
  }
}

export type WallView = ReturnType<typeof makeWall>
const WALL: InjectionKey<WallView> = Symbol('wall')

export function useWall(hall: () => string): WallView {
  const wall = makeWall(hall)
  provide(WALL, wall)
  return wall
}

export function theWall(): WallView {
  const wall = inject(WALL)
  if (!wall) throw new Error('no wall around this part')
  return wall
}
