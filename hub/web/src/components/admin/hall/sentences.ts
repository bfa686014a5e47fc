/** The sentences that are said where a hall or a queue has none of its own, as an administrator may write them. */
import type { Language } from '../../../i18n'
import type { Sentences } from '../../../wire/setup'

/** Of a missed call nothing is said unless somebody wants it. */
export const USUAL: Record<Language, Omit<{ [K in keyof Sentences]: string }, 'missed'>> = {
  zh: { call: '请{ticket}到{place}', recall: '{again}请{ticket}到{place}' },
  en: { call: 'Number {ticket}, please proceed to {place}', recall: '{again}Number {ticket}, please proceed to {place}' },
}
