/** A request that did not succeed, in words for people. Never shows a code. */
import { inLanguage, language, type Language, type Words } from '../i18n'
import { failed, failures, refusals } from '../i18n/words/refusals'
import type { components } from './api'
import type { Counter, Position, TicketPage } from './types'

export type FieldError = components['schemas']['FieldError']
export interface ProblemDocument {
  type?: string; title?: string; status: number; detail?: string; code?: string
  errors?: FieldError[]; at?: Position; ticket?: TicketPage | null; counter?: Counter | null; by?: string | null; revision?: number | null
}

/** The hub's problem document, or `status` 0 where the hub could not be reached. */
export class Problem extends Error {
  constructor(readonly body: ProblemDocument, readonly retryAfterS: number | null = null) {
    super(body.detail ?? body.title ?? `status ${body.status}`)
    this.name = 'Problem'
  }

  get status(): number { return this.body.status }
  get code(): string { return this.body.code ?? '' }
  /** The hub answered and said no; the caller can act on it. */
  get refused(): boolean { return this.status === 409 }
  /** Nobody knows whether it was done: asking again with the same key tells. */
  get unconfirmed(): boolean { return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504 }
  /** What is wrong with one field, or nothing. */
  why(field: string): string | undefined { return this.body.errors?.find(e => e.field === field)?.why }
}

/** The sentence for a problem, in the page's language if none is asked for. */
export function sentence(problem: Problem, of: Language = language.value): string {
  const { words, number } = wordsFor(problem, of)
  return inLanguage(of, words, { number })
}

function wordsFor(problem: Problem, of: Language): { words: Words; number: string } {
  const number = problem.body.ticket?.number ?? ''
  const exact = (number && refusals[`${problem.code}_with`]) || refusals[problem.code]
  // The hub's own sentence knows more than ours where the code says little.
  const detail = problem.body.detail
  if (!exact && detail && of === 'zh' && /[\u4e00-\u9fff]/.test(detail)) return { words: { zh: detail, en: detail }, number }
  return { words: exact || failures[problem.status] || failed, number }
}
