/** What a hall still needs before it opens: one line each, with what to do. Pure. */
import type { HallTab } from '../../../composables/useAdminPlace'
import { language, nameOf, say, type Words } from '../../../i18n'
import { counterName } from '../../../i18n/format'
import { check as words } from '../../../i18n/words/basic'
import { counter as counterWords } from '../../../i18n/words/setup'
import type { Alert, Person, PlayerRow } from '../../../wire/office'
import type { Setup, Weekday } from '../../../wire/setup'
import { periodsOn } from './hours'
import { hearingOf } from './sound'

export type Grade = 'good' | 'look' | 'bad'
/** `to`: the tab where it is mended. */
export interface Finding { key: string; title: Words; grade: Grade; text: string; to?: HallTab }
export interface Scene { setup: Setup; players: readonly PlayerRow[]; alerts: readonly Alert[]; people: readonly Person[] | null; weekday: Weekday }

const comma = () => (language.value === 'zh' ? '、' : ', ')
const good = (key: string, title: Words, text = ''): Finding => ({ key, title, grade: 'good', text })

export function findings(scene: Scene): Finding[] {
  return [queues(scene), counters(scene), hours(scene), english(scene), players(scene), sound(scene), printers(scene), staff(scene)]
}

function queues({ setup }: Scene): Finding {
  if (!setup.queues.length) return { key: 'queues', title: words.queues, grade: 'bad', text: say(words.queuesNone) }
  const lone = setup.queues.filter(q => !setup.counters.some(c => c.queues.some(s => s.queue === q.id)))
  return lone.length ? { key: 'queues', title: words.queues, grade: 'bad', text: say(words.queuesBad, { names: lone.map(nameOf).join(comma()) }) } : good('queues', words.queues)
}

function counters({ setup }: Scene): Finding {
  const word = { zh: setup.hall.counter_word, en: setup.hall.counter_word_en }
  const idle = setup.counters.filter(c => !c.queues.length)
  if (setup.counters.length && !idle.length) return good('counters', words.counters)
  const names = idle.map(c => counterName(language.value, c.label, word)).join(comma())
  return { key: 'counters', title: words.counters, grade: 'bad', text: say(words.countersBad, { names: names || '—' }) }
}

function hours({ setup, weekday }: Scene): Finding {
  const shut = setup.queues.filter(q => q.hours && !periodsOn(q.hours, weekday).length)
  return shut.length ? { key: 'hours', title: words.hours, grade: 'look', text: say(words.hoursBad, { names: shut.map(nameOf).join(comma()) }) } : good('hours', words.hours)
}

function english({ setup }: Scene): Finding {
  const without = setup.queues.filter(q => !q.name_en.trim())
  return without.length ? { key: 'english', title: words.english, grade: 'look', text: say(words.englishBad, { names: without.map(q => q.name).join(comma()) }) } : good('english', words.english)
}

function players({ setup, players: all }: Scene): Finding {
  const ours = all.filter(p => p.hall === setup.hall.id)
  if (!ours.length) return { key: 'players', title: words.players, grade: 'look', text: say(words.playersNone) }
  const away = ours.filter(p => !p.online)
  return away.length ? { key: 'players', title: words.players, grade: 'bad', text: say(words.playersBad, { names: away.map(p => p.name).join(comma()) }) } : good('players', words.players)
}

/** Whether calls are heard wherever they are to be. */
function sound({ setup, players: all }: Scene): Finding {
  const { spoken, without, broken, deaf } = hearingOf(setup, all)
  if (!spoken) return good('sound', words.sound, say(words.soundSilent))
  const mend = { key: 'sound', title: words.sound, to: 'speakers' } as const
  if (!setup.speakers.length) return { ...mend, grade: 'bad', text: say(words.soundNone) }
  if (!deaf && !broken.length) return good('sound', words.sound)
  const names = broken.map(it => say(words.soundOne, { name: nameOf(it.row), why: say(words.soundWhy[it.look]) })).join(comma())
  const zones = without.map(it => (it ? nameOf(it) : say(counterWords.wholeHall))).join(comma())
  const lines = [names && say(words.soundBad, { names }), zones && say(words.soundWithout, { zones })].filter(Boolean)
  return { ...mend, grade: deaf ? 'bad' : 'look', text: lines.join(language.value === 'zh' ? '' : ' ') }
}

function printers({ setup, players: all, alerts }: Scene): Finding {
  const ours = all.filter(p => p.hall === setup.hall.id && p.settings.printer)
  const open = alerts.filter(a => a.kind === 'printer' && a.state !== 'handled')
  if (open.length) return { key: 'printers', title: words.printers, grade: 'bad', text: say(words.printersBad, { names: open.map(a => all.find(p => p.id === a.subject)?.name ?? '—').join(comma()) }) }
  return good('printers', words.printers, ours.length ? '' : say(words.printersNone))
}

function staff({ setup, people }: Scene): Finding {
  const some = people?.some(p => !p.disabled && p.roles.some(r => r.role === 'staff' && (r.hall === null || r.hall === setup.hall.id)))
  return people === null || some ? good('staff', words.staff) : { key: 'staff', title: words.staff, grade: 'look', text: say(words.staffBad) }
}
