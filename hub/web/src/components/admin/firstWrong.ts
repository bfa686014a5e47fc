/** Leads to what stands in the way of saving: the choice after a conflict, else the first place that is wrong, else why the hub refused. */

const IN_THE_WAY = '.conflict, .input.bad, .why'
const REFUSED = '.save-refusal p'
/** What the hub's answer put there: a hint that stood there before the save is no reason. */
export const ANSWERED = `.input.bad, ${REFUSED}`
const REACHED = 'input, textarea, select, button'

/** Opens what it is folded into, brings it into sight and gives it the focus. Whether there was anything. */
export function showFirstWrong(within: Element | null | undefined, places = IN_THE_WAY): boolean {
  const place = within?.querySelector<HTMLElement>('.conflict') ?? within?.querySelector<HTMLElement>(places)
  if (!place) return false
  for (let at = place.closest('details'); at; at = at.parentElement?.closest('details') ?? null) at.open = true
  place.scrollIntoView({ block: 'center' })
  const field = place.matches('.why') ? place.parentElement : place
  const reached = place.matches(REFUSED) ? place : field?.querySelector<HTMLElement>(REACHED)
  reached?.focus({ preventScroll: true })
  return true
}
