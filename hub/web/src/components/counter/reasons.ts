/** Codes of the hall in words: reasons, classes, the rule that chose a ticket. */
import { nameOf, say } from '../../i18n'
import { ordered, priority, rules } from '../../i18n/words/counter'
import { pauseReasons } from '../../i18n/words/states'
import { myCounter } from '../../composables/useMyCounter'
import type { Candidate } from '../../wire/office'
import type { PauseReason, Ticket } from '../../wire/types'
import { ruleOf } from './line'

export function useReasons() {
  const desk = myCounter()
  const hall = () => desk.view.board.value?.hall

  /** A reason in words; a code nobody wrote words for says nothing. */
  function of(code: string | null | undefined): string {
    if (!code) return ''
    const own = hall()?.reasons.find(r => r.id === code)
    if (own) return nameOf(own)
    return code in pauseReasons ? say(pauseReasons[code as PauseReason]) : ''
  }

  function classOf(code: string | null | undefined): string {
    const known = hall()?.classes.find(c => c.id === code)
    return known ? nameOf(known) : code ? say(priority) : ''
  }

  function rule(candidate: Candidate, ticket: Ticket | undefined): string {
    const rule = ruleOf(candidate, ticket?.returned === true, desk.why.candidates.value)
    return say(rule === 'returned' || rule === 'longest' ? ordered[rule] : rules[rule] ?? rules.order, { class: classOf(ticket?.priority) || say(priority) })
  }

  /** Reasons for doing something with a ticket: why a counter pauses is not one of them. */
  const list = () => (hall()?.reasons ?? []).filter(r => r.id === 'other' || !(r.id in pauseReasons))

  return { of, classOf, rule, list, classes: () => hall()?.classes ?? [] }
}
