/** The lists that several parts of the administration show: sites, halls, players, pairings, people, tokens. */
import { inject, onScopeDispose, provide, type InjectionKey } from 'vue'
import type { HallListed, PairingRow, Person, PlayerRow, Site, TokenRow } from '../wire/office'
import { useList } from './useList'

/** Somebody at a screen is waiting: pairings are read this often. */
const PAIRINGS_MS = 5_000

function makeOffice(runs: boolean) {
  const pairings = useList<PairingRow>('/pairings', runs)
  const timer = runs ? setInterval(() => void pairings.look(), PAIRINGS_MS) : undefined
  onScopeDispose(() => clearInterval(timer))
  const lists = {
    sites: useList<Site>('/sites'), halls: useList<HallListed>('/halls'), players: useList<PlayerRow>('/players'),
    people: useList<Person>('/people'), tokens: useList<TokenRow>('/tokens', runs), pairings,
  }
  /** What was refused in one section is nothing to the next; what could not be read stays said. */
  const forgive = () => { for (const list of Object.values(lists)) if (list.rows.value) list.forgive() }
  /** What could not be read is read once more. */
  const again = () => { for (const list of Object.values(lists)) if (list.problem.value) void list.look() }
  /** `runs`: whether one may change things here, not only read them. */
  return { ...lists, runs, forgive, again }
}

export type Office = ReturnType<typeof makeOffice>
const OFFICE: InjectionKey<Office> = Symbol('office')

/** `runs` false for those who may read only: what they may not read is not asked for. */
export function useOffice(runs = true): Office {
  const office = makeOffice(runs)
  provide(OFFICE, office)
  return office
}

export function theOffice(): Office {
  const office = inject(OFFICE)
  if (!office) throw new Error('no office around this part')
  return office
}
