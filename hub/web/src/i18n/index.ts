/**
 * Words in two languages. Every word of every page is written once, in `words/`, Chinese first.
 *
 * A page speaks one language at a time (`say`); hall faces show both and ask for a side by name.
 */
import { ref, type Ref } from 'vue'

export type Language = 'zh' | 'en'
/** One sentence in both languages; `{name}` marks a place to fill. */
export interface Words { readonly zh: string; readonly en: string }
export type Fill = Readonly<Record<string, string | number>>

const KEPT_UNDER = 'hallcast.language'

function first(): Language {
  const asked = new URLSearchParams(location.search).get('lang')
  if (asked === 'zh' || asked === 'en') return asked
  return localStorage.getItem(KEPT_UNDER) === 'en' ? 'en' : 'zh'
}

/** The language of this page. */
export const language: Ref<Language> = ref(first())

/** Speaks the other language from now on; `keep` remembers it for this browser (never on a kiosk). */
export function setLanguage(to: Language, keep = true): void {
  language.value = to
  document.documentElement.lang = langTag(to)
  if (keep) localStorage.setItem(KEPT_UNDER, to)
}

/** On a visitor's own phone the phone's language counts, until the visitor says otherwise. */
export function firstForVisitor(): void {
  const said = new URLSearchParams(location.search).has('lang') || localStorage.getItem(KEPT_UNDER) !== null
  if (!said && !navigator.language.toLowerCase().startsWith('zh')) setLanguage('en', false)
}

/** The `lang` attribute that belongs to a language. */
export function langTag(of: Language): string {
  return of === 'zh' ? 'zh-CN' : 'en'
}

/** A sentence in one language, with its places filled. */
export function inLanguage(of: Language, words: Words, fill?: Fill): string {
  const text = words[of]
  return fill ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(fill[name] ?? whole)) : text
}

/** A sentence in the page's language. */
export function say(words: Words, fill?: Fill): string {
  return inLanguage(language.value, words, fill)
}

/** The same sentence in the language the page does not speak, for the small second line. */
export function second(words: Words, fill?: Fill): string {
  return inLanguage(otherLanguage(), words, fill)
}

export function otherLanguage(): Language {
  return language.value === 'zh' ? 'en' : 'zh'
}

/** A thing that carries its own two names, as queues, halls and departments do. */
export interface Named { readonly name: string; readonly name_en?: string | null }

/** The name in the page's language; the Chinese one where nobody wrote another. */
export function nameOf(thing: Named): string {
  return language.value === 'en' && thing.name_en ? thing.name_en : thing.name
}

const SCREEN_SIGNS_MAX = 5

/** The Chinese name on a screen: a long one gives way to its short form. */
export function screenName(queue: { name: string; short?: string | null }): string {
  return queue.name.length > SCREEN_SIGNS_MAX && queue.short ? queue.short : queue.name
}

/** The other name, or nothing when there is none to show. */
export function secondName(thing: Named): string {
  if (!thing.name_en) return ''
  return language.value === 'en' ? thing.name : thing.name_en
}
