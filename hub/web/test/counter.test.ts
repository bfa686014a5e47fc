import { beforeEach, describe, expect, test } from 'vitest'
import { bigKey, stateMark, type Seen } from '../src/components/counter/bigKey'
import { orderedBy, ruleOf, wholeNames } from '../src/components/counter/line'
import { awaitsCheckIn, moveStates, secondsLeft, type Scene } from '../src/components/counter/moves'
import { found } from '../src/components/counter/search'
import { servedSince, spelled } from '../src/components/counter/times'
import { actionOf, capOf, comboOf, DEFAULTS, keepOwn, NOTHING_CHANGED, readOwn, rebind, tableOf } from '../src/components/counter/shortcuts'
import { keptByFocus } from '../src/composables/useShortcuts'
import { takingBack } from '../src/composables/useMyCounter'
import { stepOf, undoLeft, useLastStep } from '../src/composables/useLastStep'
import { moveWhy } from '../src/i18n/words/counter'
import type { Candidate } from '../src/wire/office'
import type { Answer, CounterState } from '../src/wire/types'
import { board, counter, ticket } from './board'

const seen = (state: CounterState, more: Partial<Seen> = {}): Seen =>
  ({ counter: counter('3', { state }), ticket: null, waiting: 5, live: true, dayOpen: true, unconfirmed: false, sending: false, ...more })

describe('the big key', () => {
  test.each([
    ['closed', 'open'], ['open', 'call'], ['wrapping_up', 'call'], ['calling', 'start'], ['serving', 'finish'], ['paused', 'resume'],
  ] as const)('at a counter that is %s asks to %s', (state, step) => expect(bigKey(seen(state))).toMatchObject({ step, off: null }))
  test('is off while not live', () => expect(bigKey(seen('open', { live: false })).off).toBe('not_live'))
  test('is off while a press is not confirmed, live or not', () => {
    expect(bigKey(seen('serving', { unconfirmed: true })).off).toBe('unconfirmed')
    expect(bigKey(seen('serving', { unconfirmed: true, live: false })).off).toBe('unconfirmed')
  })
  test('stays when nobody waits, and says so', () => expect(bigKey(seen('open', { waiting: 0 }))).toEqual({ step: 'call', off: null, empty: true }))
  test('ends with the day, but not for whoever is here', () => {
    expect(bigKey(seen('open', { dayOpen: false })).off).toBe('day_closed')
    expect(bigKey(seen('serving', { dayOpen: false, ticket: ticket(1) })).off).toBeNull()
  })
  test('changes its mark with the state or the ticket', () => {
    expect(stateMark(counter('3', { state: 'calling', ticket: 1 }))).not.toBe(stateMark(counter('3', { state: 'calling', ticket: 2 })))
    expect(stateMark(counter('3', { state: 'calling', ticket: 1 }))).not.toBe(stateMark(counter('3', { state: 'serving', ticket: 1 })))
  })
})

const now = new Date('2025-11-24T10:00:30+08:00')
const rules = { recalls: 2, recall_gap_s: 10, no_show_after_s: 45, check_in: false }
const scene = (state: CounterState, more: Partial<Scene> = {}): Scene => ({
  counter: counter('3', { state, ticket: 1 }), rules, now, live: true,
  ticket: ticket(1, { state: 'called', calls: 1, called_at: '2025-11-24T10:00:00+08:00', spoken_at: '2025-11-24T10:00:00+08:00' }), ...more,
})
const move = (which: string, of: Scene) => moveStates(of).find(m => m.move === which)!

describe('the other keys', () => {
  test('without a ticket only the scanner works', () => {
    const on = moveStates(scene('open', { ticket: null })).filter(m => !m.why).map(m => m.move)
    expect(on).toEqual(['scan'])
  })
  test('no-show waits its time, in seconds', () => expect(move('no_show', scene('calling'))).toMatchObject({ why: moveWhy.waitSeconds, fill: { seconds: 15 } }))
  test('no-show comes free', () => expect(move('no_show', scene('calling', { now: new Date('2025-11-24T10:00:46+08:00') })).why).toBeNull())
  test('recall keeps its gap and its limit', () => {
    expect(move('recall', scene('calling')).why).toBeNull()
    expect(move('recall', scene('calling', { now: new Date('2025-11-24T10:00:04+08:00') })).fill.seconds).toBe(6)
    const thrice = { ...scene('calling').ticket!, calls: 3 }
    expect(move('recall', scene('calling', { ticket: thrice })).why).toBe(moveWhy.recallsUsed)
  })
  test('while serving there is no recall and no no-show', () => {
    expect(move('recall', scene('serving')).why).toBe(moveWhy.serving)
    expect(move('no_show', scene('serving')).why).toBe(moveWhy.serving)
  })
  test('the next stage needs one', () => {
    expect(move('next', scene('serving')).why).toBe(moveWhy.noStage)
    const staged = ticket(1, { stage: { index: 1, of: 2, name: '体检' } })
    expect(move('next', scene('serving', { ticket: staged })).why).toBeNull()
  })
  test('without the rules nothing is forbidden in advance', () => expect(move('no_show', scene('calling', { rules: null })).why).toBeNull())
  test('offline nothing but the scanner works', () => {
    expect(moveStates(scene('serving', { live: false })).filter(m => !m.why).map(m => m.move)).toEqual(['scan'])
  })
  test('check-in is asked for only where the queue wants it', () => {
    const remote = ticket(1, { present: false })
    expect(awaitsCheckIn(remote, { check_in: false })).toBe(false)
    expect(awaitsCheckIn(remote, { check_in: true })).toBe(true)
    expect(awaitsCheckIn(remote, null)).toBe(true)
    expect(awaitsCheckIn(ticket(1, { present: true }), { check_in: true })).toBe(false)
  })
  test('seconds never go below none', () => expect(secondsLeft('2025-11-24T09:00:00+08:00', 10, now)).toBe(0))
})

const key = (code: string, more: Partial<KeyboardEvent> = {}) => ({ code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more })

describe('the keyboard', () => {
  beforeEach(() => localStorage.clear())
  test.each([
    ['Space', 'primary'], ['NumpadEnter', 'primary'], ['KeyR', 'recall'], ['NumpadMultiply', 'recall'], ['KeyM', 'no_show'], ['NumpadSubtract', 'no_show'],
    ['KeyK', 'park'], ['KeyT', 'transfer'], ['KeyG', 'next'], ['KeyF', 'find'], ['NumpadDivide', 'find'], ['KeyS', 'scan'], ['KeyN', 'note'],
    ['KeyP', 'pause'], ['NumpadDecimal', 'pause'], ['KeyU', 'undo'], ['KeyW', 'why'], ['Escape', 'close'],
  ])('%s does %s', (code, action) => expect(actionOf(DEFAULTS, key(code))).toBe(action))
  test('Ctrl+Z undoes, Ctrl+R stays with the browser, ? shows the table', () => {
    expect(actionOf(DEFAULTS, key('KeyZ', { ctrlKey: true }))).toBe('undo')
    expect(actionOf(DEFAULTS, key('KeyR', { ctrlKey: true }))).toBeNull()
    expect(actionOf(DEFAULTS, key('Slash', { shiftKey: true }))).toBe('help')
  })
  test('a modifier alone is no key', () => expect(comboOf(key('ShiftLeft', { shiftKey: true }))).toBeNull())
  test('a changed key takes it from where it was', () => {
    const own = rebind(NOTHING_CHANGED, 'recall', ['KeyK'])
    expect(actionOf(tableOf(own), key('KeyK'))).toBe('recall')
    expect(actionOf(tableOf(own), key('KeyR'))).toBeNull()
    expect(tableOf(own).park).toEqual([])
  })
  test('switched off leaves Escape', () => {
    const table = tableOf({ off: true, keys: {} })
    expect(actionOf(table, key('Space'))).toBeNull()
    expect(actionOf(table, key('Escape'))).toBe('close')
  })
  test('is kept for each person', () => {
    keepOwn('p1', { off: true, keys: {} })
    expect(readOwn('p1').off).toBe(true)
    expect(readOwn('p2')).toEqual(NOTHING_CHANGED)
  })
  test('has names in both languages', () => {
    expect(capOf('Space', 'zh')).toBe('空格')
    expect(capOf('KeyR', 'zh')).toBe('R')
    expect(capOf('Ctrl+KeyZ', 'en')).toBe('Ctrl+Z')
    expect(capOf('NumpadMultiply', 'en')).toBe('Num *')
  })
  test('a field keeps every key but Escape', () => {
    document.body.innerHTML = '<input id="t"><input id="r" type="radio"><button id="b"></button>'
    expect(keptByFocus(document.getElementById('r'), 'KeyR')).toBe(true)
    const field = document.getElementById('t')
    expect(keptByFocus(field, 'KeyR')).toBe(true)
    expect(keptByFocus(field, 'Escape')).toBe(false)
    expect(keptByFocus(document.body, 'Space')).toBe(false)
    expect(keptByFocus(document.getElementById('b'), 'KeyR')).toBe(false)
  })
})

describe('the last step', () => {
  const started = ticket(1, { state: 'serving', started_at: '2025-11-24T10:00:25+08:00', calls: 2 })
  test('is told by the board after a reload', () => {
    expect(stepOf(counter('3', { state: 'serving', ticket: 1 }), started)).toMatchObject({ kind: 'started', number: 'A001' })
    expect(stepOf(counter('3'), null)).toBeNull()
  })
  test('can be undone for the time of the hall', () => {
    const step = stepOf(counter('3', { state: 'serving', ticket: 1, since: '2025-11-24T10:00:25+08:00' }), started)
    expect(undoLeft(step, now, 10)).toBe(5)
    expect(undoLeft(step, new Date('2025-11-24T10:01:00+08:00'), 10)).toBe(0)
    expect(undoLeft(null, now, 10)).toBe(0)
  })
  test('cannot be undone any more once something else happened to its ticket', () => {
    const last = useLastStep('3')
    last.heard('parked', { ticket: ticket(1), counter: counter('3'), time: '2025-11-24T10:00:25+08:00' })
    last.heard('unparked', { ticket: ticket(2) })
    expect(last.step.value).toMatchObject({ kind: 'parked', undoable: true })
    last.heard('unparked', { ticket: ticket(1) })
    expect(undoLeft(last.step.value, now, 10)).toBe(0)
    last.backInLine('A001')
    expect(last.step.value).toMatchObject({ kind: 'back_in_line', number: 'A001', undoable: false })
  })
})

describe('how long somebody is served', () => {
  // Begun at 9:30, put aside, taken back, begun again at 10:00.
  const back = ticket(1, { state: 'serving', started_at: '2025-11-24T09:30:00+08:00' })
  const here = counter('3', { state: 'serving', ticket: 1 })
  test('does not count the time it was put aside', () => {
    expect(servedSince(here, back)).toBe('2025-11-24T10:00:00+08:00')
    expect(servedSince({ ...here, since: null }, back)).toBe(back.started_at)
    expect(servedSince({ ...here, state: 'calling' }, back)).toBeNull()
  })
  test('is told when it is finished, also by a page that did not see it begin', () => {
    const last = useLastStep('3')
    last.heard('finished', { ticket: { ...back, state: 'done' }, counter: counter('3'), time: '2025-11-24T10:00:12+08:00' }, here)
    expect(last.step.value).toMatchObject({ kind: 'finished', tookS: 12 })
    last.heard('finished', { ticket: { ...back, state: 'done' }, counter: counter('3'), time: '2025-11-24T10:00:12+08:00' })
    expect(last.step.value?.tookS).toBeNull()
    last.heard('finished', { ticket: { ...back, state: 'done' }, counter: counter('3'), time: '2025-11-24T10:00:12+08:00' }, here, 90)
    expect(last.step.value?.tookS, 'with what was served before it was put aside').toBe(102)
  })
  test('is spelled without noughts', () => {
    expect([402, 60, 12.9, 0.4].map(spelled)).toEqual(['6 分 42 秒', '1 分 0 秒', '12 秒', ''])
  })
})

describe('what is done to a ticket in a line', () => {
  test('becomes the last step, with the place it has there', () => {
    const last = useLastStep('3')
    last.heard('no_show', { ticket: ticket(1, { state: 'no_show' }), counter: counter('3') })
    last.aside('return', { number: 'A001', ahead: 3 })
    expect(last.step.value).toMatchObject({ kind: 'returned', number: 'A001', ahead: 3, undoable: false })
    last.aside('cancel', { number: 'A002', ahead: 0 })
    expect(last.step.value).toMatchObject({ kind: 'cancelled', number: 'A002' })
    expect(last.step.value).not.toHaveProperty('ahead')
    last.aside('unpark', { number: 'A003', ahead: 0 })
    expect(last.step.value?.number).toBe('A002')
  })
})

describe('taking a parked ticket back', () => {
  const sent: unknown[] = []
  const inLine: string[] = []
  const back = (free: boolean, comes: string | null) => takingBack({
    id: '3', free: { value: free }, backInLine: number => inLine.push(number),
    run: async (command, _about, seen) => { sent.push([command.do, seen]); return comes ? { at: { epoch: 1, seq: 7 }, ticket: { state: comes }, counter: null } as Answer : null },
  })(ticket(1, { state: 'parked' }))
  beforeEach(() => { sent.length = inLine.length = 0 })
  test('calls it where the counter is free', async () => {
    expect(await back(true, 'waiting')).toBe(true)
    expect(sent).toEqual([['unpark', undefined], ['call_ticket', 7]])
  })
  test('puts it into the line where the counter is busy, and says so', async () => {
    expect(await back(false, 'waiting')).toBe(true)
    expect([sent, inLine]).toEqual([[['unpark', undefined]], ['A001']])
  })
  test('does no more where the hub has called it itself, or refused', async () => {
    expect(await back(true, 'called')).toBe(true)
    expect(await back(true, null)).toBe(false)
    expect([sent, inLine]).toEqual([[['unpark', undefined], ['unpark', undefined]], []])
  })
})

describe('finding a ticket', () => {
  const hall = board({ tickets: [ticket(37, { id: 'k37' }), ticket(5)], missed: [{ ref: 9, number: 'B037', queue: 'B', counter: null, zones: [], since: '' }] })
  test('by what is printed, with or without letter and noughts', () => {
    expect(found(hall, 'a037').map(h => h.number)).toEqual(['A037'])
    expect(found(hall, 'A37').map(h => h.number)).toEqual(['A037'])
    expect(found(hall, '37').map(h => h.number)).toEqual(['A037', 'B037'])
    expect(found(hall, 'A').map(h => h.number)).toEqual(['A005', 'A037'])
  })
  test('by the code on its slip', () => expect(found(hall, 'http://hub/t/k37')).toMatchObject([{ ref: 37, exact: true }]))
  test('not at all', () => expect(found(hall, 'Z99')).toEqual([]))
})

test('the head names whole queues only', () => {
  expect(wholeNames(['综合受理', '不动产登记', '社会保险'], 44)).toEqual(['综合受理', '不动产登记', '社会保险'])
  expect(wholeNames(['综合受理', '不动产登记', '社会保险'], 24)).toEqual(['综合受理', '不动产登记'])
  expect(wholeNames(['A very long name of a queue'], 10)).toEqual(['A very long name of a queue'])
})

describe('the line', () => {
  test('says of nobody that they waited longest who did not', () => {
    const of = (ref: number, waited_s: number, rule: Candidate['rule'] = 'order') => ({ ref, number: `A00${ref}`, queue: 'A', rule, waited_s })
    const all = [of(1, 300), of(2, 120), of(3, 0), of(4, 60, 'class')]
    expect(all.map(it => ruleOf(it, it.ref === 3, all))).toEqual(['longest', 'order', 'returned', 'class'])
  })
  test('goes by the hub, then by arrival', () => {
    const waiting = [ticket(1), ticket(2), ticket(3)]
    const line = orderedBy(waiting, [{ ref: 3, number: 'A003', queue: 'A', rule: 'class', waited_s: 1 }, { ref: 99, number: 'A099', queue: 'A', rule: 'order', waited_s: 1 }])
    expect(line.map(l => l.ticket.ref)).toEqual([3, 1, 2])
    expect(line[0]?.candidate?.rule).toBe('class')
  })
})
