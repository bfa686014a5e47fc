/** Leads to what stands in the way of saving: the choice after a conflict, else the first place that is wrong. */

const IN_THE_WAY = '.conflict, .input.bad, .why'
const REACHED = 'input, textarea, select, button'

/** Opens what it is folded into, brings it into sight and gives it the focus. Whether there was anything. */
export function showFirstWrong(within: Element | null | undefined): boolean {
  const place = within?.querySelector<HTMLElement>('.conflict') ?? within?.querySelector<HTMLElement>(IN_THE_WAY)
  if (!place) return false
  for (let at = place.closest('details'); at; at = at.parentElement?.closest('details') ?? null) at.open = true
  place.scrollIntoView({ block: 'center' })
  const field = place.matches('.why') ? place.parentElement : place
  field?.querySelector<HTMLElement>(REACHED)?.focus({ preventScroll: true })
  return true
}
