/** What the hub found wrong with the fields of a form, in the page's language. Pure. */
import { language, say, type Words } from '../../i18n'
import { lengthMost, MARKS, sentenceFaults, wrongs } from '../../i18n/words/wrongs'
import type { FieldError, Problem } from '../../wire/problem'

/** A sentence that cannot be said: the sign and what stands there, where the hub tells them. */
function toldSentence(why: string): string | undefined {
  const [, at = '', rest = ''] = /character (\d+): (.*)$/s.exec(why) ?? []
  for (const { fault, words } of sentenceFaults) {
    const word = fault.exec(rest)?.[1]
    if (at && word) return say(words, { at, word, marks: MARKS })
  }
  return undefined
}

export function toldWhy(error: FieldError): string {
  if (error.code === 'sentence') return toldSentence(error.why) ?? say(wrongs.sentence)
  const known: Words | undefined = wrongs[error.code ?? 'other']
  // A newer hub may say what this page has no words for: English speaks for itself, Chinese stays general.
  if (!known || known === wrongs.other) return language.value === 'en' ? error.why : say(wrongs.other)
  return say(error.code === 'length' && !error.min ? lengthMost : known, { min: error.min ?? '', max: error.max ?? '' })
}

/** Every wrong field by its name: `settings.zones[1]` stands at `zones` and at `settings`, `speech.zh.call` at `zh.call` too. */
export function toldAt(problem: Problem | null): Partial<Record<string, string>> {
  const told: Partial<Record<string, string>> = {}
  for (const error of problem?.body.errors ?? []) {
    const names = error.field.replace(/\[\d+\]/g, '').split('.')
    for (const [n, name] of names.entries()) {
      told[name] ??= toldWhy(error)
      told[names.slice(n).join('.')] ??= toldWhy(error)
    }
  }
  return told
}
