/** The hub's own word about a field. It speaks English; a Chinese page says so and keeps the detail. */
import { language, say } from '../../i18n'
import { save as words } from '../../i18n/words/admin'

const HAN = /[\u4e00-\u9fff]/

export function toldWhy(why: string): string {
  return language.value === 'en' || HAN.test(why) ? why : `${say(words.wrongField)} (${why})`
}
