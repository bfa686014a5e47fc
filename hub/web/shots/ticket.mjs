import { hall } from './hall.mjs'
import { open } from './stage.mjs'

const T = { id: 'abc', ref: 37, number: 'A037', queue: 'A', state: 'waiting', priority: null, counter: null, stage: null, zones: [], issued_at: '2025-11-24T10:39:00+08:00', called_at: null, started_at: null, finished_at: null, ahead: 5, estimate: { p50_s: 480, p90_s: 840 }, appointment: null, url: '', hall: 'h1', queue_name: '综合受理', queue_name_en: 'General', counter_label: null, calls: [{ number: 'A031', label: '2' }], hint: '一楼东侧，从南门进左转', hint_en: '', place: hall, counters: ['1', '2', '3', '6'] }
const mine = of => ({ hall: 'h1', mine: { state: of.state, number: of.number, ahead: of.ahead, estimate: of.estimate, counter: of.counter_label, stage: null, calls: of.calls, times: of.state === 'called' ? 1 : 0 } })

function at(more = {}, { later = [], path = '/t/abc', size = [390, 844], then } = {}) {
  return async () => {
    const ticket = { ...T, ...more }
    const page = await open(path, {
      size, api: { 'GET /tickets/abc': ticket }, talk: { now: '2025-11-24T10:47:05+08:00', welcome: () => [mine(ticket)], later },
      before: page => page.addInitScript(() => localStorage.setItem('hallcast.ahead.abc', '12')),
    })
    await page.waitForTimeout(600)
    if (then) await then(page)
    return page
  }
}
const english = (more = {}, rest = {}) => at(more, { path: '/t/abc?lang=en', ...rest })
const LONG = { estimate: { p50_s: 2_150, p90_s: 3_850 }, queue_name_en: 'Driving licence replacement and change of address', ahead: 12, stage: { index: 2, of: 3, name: 'X-ray' }, hint_en: 'East side, turn left at the south entrance', place: { ...hall, counter_word_en: 'Consulting room' } }
const bigger = page => page.addStyleTag({ content: 'html { font-size: 160% !important }' })
export const shots = {
  'ticket-bigger': at({}, { then: bigger, size: [390, 1400] }),
  'ticket-waiting': at(), 'ticket-waiting-en': at({}, { path: '/t/abc?lang=en' }), 'ticket-notlive': at({}, { later: [[200, 'close']] }),
  'ticket-called': at({ state: 'called', counter_label: '3', ahead: null, called_at: '2025-11-24T10:53:20+08:00' }), 'ticket-called-en': at({ state: 'called', counter_label: '3', ahead: null, called_at: '2025-11-24T10:53:20+08:00' }, { path: '/t/abc?lang=en' }),
  'ticket-done': at({ state: 'done', counter_label: '3', started_at: '2025-11-24T10:54:00+08:00', finished_at: '2025-11-24T11:04:00+08:00', ahead: null }),
  'ticket-missed': at({ state: 'no_show', ahead: null }), 'ticket-serving': at({ state: 'serving', counter_label: '3', ahead: null }),
  'ticket-cancel-ask': at({}, { then: page => page.click('.pbtn.danger') }), 'ticket-missing-en': async () => { const page = await open('/t/zzz?lang=en', { size: [390, 844] }); await page.waitForTimeout(400); return page }, 'ticket-later-ask': at({}, { then: page => page.click('.pbtn') }), 'ticket-later-ask-en': at({}, { path: '/t/abc?lang=en', then: page => page.click('.pbtn') }),
  'ticket-notlive-en': english({}, { later: [[200, 'close']] }), 'ticket-cancel-ask-en': english({}, { then: page => page.click('.pbtn.danger') }), 'ticket-long-en': english(LONG), 'ticket-long': at(LONG), 'ticket-done-en': english({ state: 'done', counter_label: '3', started_at: '2025-11-24T10:54:00+08:00', finished_at: '2025-11-24T11:04:00+08:00', ahead: null }), 'ticket-cannot-en': english({ state: 'called', counter_label: '3', ahead: null, called_at: '2025-11-24T10:53:20+08:00' }, { then: page => page.click('.pbtn') }),
  'ticket-missing': async () => { const page = await open('/t/zzz', { size: [390, 844] }); await page.waitForTimeout(400); return page },
}
