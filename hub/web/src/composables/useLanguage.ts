/** The language of the page and the ways to say a sentence in it. */
import { inLanguage, language, langTag, nameOf, otherLanguage, say, second, secondName, setLanguage } from '../i18n'

export function useLanguage() {
  return { language, langTag, say, second, nameOf, secondName, inLanguage, otherLanguage, setLanguage }
}
