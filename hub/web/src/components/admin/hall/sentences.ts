/** The sentences that are said where a hall or a queue has none of its own, as an administrator may write them. */
import type { Language } from '../../../i18n'
import type { Sentences } from '../../../wire/setup'

/** Of a missed call nothing is said unless somebody wants it; what stands here is an example. */
export const USUAL: Record<Language, { [K in keyof Sentences]: string }> = {
  zh: { call: '请{ticket}到{place}', recall: '{again}请{ticket}到{place}', missed: '不填就不播报' },
  en: { call: 'Number {ticket}, please proceed to {place}', recall: '{again}Number {ticket}, please proceed to {place}', missed: 'Nothing is said where this is empty' },
}
