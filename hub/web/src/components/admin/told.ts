/** What the hub found wrong with the fields of a form, in the page's language. Pure. */
import { language, say, type Words } from '../../i18n'
import { lengthMost, wrongs } from '../../i18n/words/wrongs'
import type { FieldError, Problem } from '../../wire/problem'

export function toldWhy(error: FieldError): string {
  const known: Words | undefined = wrongs[error.code ?? 'other']
  // A newer hub may say what this page has no words for: English speaks for itself, Chinese stays general.
  if (!known || known === wrongs.other) return language.value === 'en' ? error.why : say(wrongs.other)
  return say(error.code === 'length' && !error.min ? lengthMost : known, { min: error.min ?? '', max: error.max ?? '' })
}

/** Every wrong field by its name: `settings.zones[1]` stands at `zones`, and at `settings`. */
export function toldAt(problem: Problem | null): Partial<Record<string, string>> {
  const told: Partial<Record<string, string>> = {}
  for (const error of problem?.body.errors ?? []) {
    for (const name of error.field.replace(/\[\d+\]/g, '').split('.')) told[name] ??= toldWhy(error)
  }
  return told
}
