import { describe, expect, test } from 'vitest'
import { showFirstWrong } from '../src/components/admin/firstWrong'
import { merged, sharedPrefix, wrongWithCounter, wrongWithQueue } from '../src/components/admin/hall/checks'
import { effectOfQueue } from '../src/components/admin/hall/effects'
import { barOfDay, drawnOn, noonOf, periodsOn, typedTime, usualHours, weekdayOf, wrongWithHours } from '../src/components/admin/hall/hours'
import { findings } from '../src/components/admin/hall/selfCheck'
import { readableAt, readableTo } from '../src/components/admin/settings/readable'
import { needsCounter, wrongWithPlayer } from '../src/components/admin/settings/playerDraft'
import { bodyOf, newPerson, wrongWithPerson } from '../src/components/admin/settings/personDraft'
import { makePassword } from '../src/components/admin/settings/secret'
import { wrongWith } from '../src/components/login/newPassword'
import { changedFields, useDraft } from '../src/composables/useDraft'
import { newCounter, newQueue, newSpeaker, type Period, type Setup, type SpeakerRow } from '../src/wire/setup'

const queue = (more = {}) => ({ ...newQueue('a'), name: '综合受理', name_en: 'General', prefix: 'A', ...more })
const setup = (more: Partial<Setup> = {}): Setup => ({
  revision: 1, zones: [], departments: [], classes: [], speakers: [], queues: [queue()], counters: [{ ...newCounter('1', '1'), queues: [{ queue: 'a', first_when_wait_s: null, only_when_wait_s: null }] }],
  hall: { id: 'h', counter_word: '号窗口', counter_word_en: 'Counter' } as Setup['hall'], ...more,
})

describe('hours', () => {
  test('are drawn only as far as they are right', () => {
    const [morning, noon] = usualHours().periods as [Period, Period]
    const typing = { ...usualHours(), periods: [morning, { ...noon, from: '23:00:00' }] }
    expect(drawnOn(usualHours(), 'Mon')).toEqual({ periods: [morning, noon], unclear: false })
    expect(drawnOn(typing, 'Mon')).toEqual({ periods: [morning], unclear: true })
    expect(drawnOn(typing, 'Sun')).toEqual({ periods: [], unclear: false })
  })
  test('a noon break stands between two periods', () => expect(noonOf(periodsOn(usualHours(), 'Mon'))).toBe('12:00–13:30'))
  test('a day without a period is closed', () => expect(periodsOn(usualHours(), 'Sun')).toEqual([]))
  test('the weekday of a date', () => {
    expect(weekdayOf('2025-11-24')).toBe('Mon')
    expect(weekdayOf('2025-11-30')).toBe('Sun')
  })
  test('the bar stays in its frame', () => {
    const bar = barOfDay(periodsOn(usualHours(), 'Mon'))
    expect([bar.fromHour, bar.untilHour]).toEqual([8, 18])
    for (const s of [...bar.service, ...bar.take]) expect(s.left + s.width).toBeLessThanOrEqual(100)
  })
  test.each([['9:00', '09:00:00'], ['0930', '09:30:00'], ['09：15', '09:15:00'], ['', null], ['25:00', undefined], ['9', undefined], ['09:75', undefined]])('%s is read as %s', (typed, time) => expect(typedTime(typed)).toBe(time))
  test('what is wrong is said at its period', () => {
    const hours = usualHours()
    expect(wrongWithHours(hours)).toEqual({ periods: [undefined, undefined], whole: undefined })
    expect(wrongWithHours({ ...hours, periods: [{ ...hours.periods[0]!, until: '08:00:00' }] }).periods[0]).toBeTruthy()
    expect(wrongWithHours({ ...hours, periods: [{ ...hours.periods[0]!, days: [] }] }).periods[0]).toBeTruthy()
    expect(wrongWithHours({ ...hours, periods: [{ ...hours.periods[0]!, take_until: '08:00:00' }] }).periods[0]).toBeTruthy()
    expect(wrongWithHours({ ...hours, periods: [hours.periods[0]!, { ...hours.periods[1]!, from: '11:00:00' }] }).whole).toBeTruthy()
    expect(wrongWithHours({ periods: [], redeem_before_end_s: 0 }).whole).toBeTruthy()
  })
})

describe('a queue', () => {
  test('that is right has nothing wrong', () => expect(wrongWithQueue(queue())).toEqual({}))
  test.each(['', 'I', 'O', 'a', 'ABC', '1'])('may not have the prefix "%s"', prefix => expect(wrongWithQueue(queue({ prefix })).prefix).toBeTruthy())
  test('may not have more appointments than tickets', () => {
    expect(wrongWithQueue(queue({ quota: 60, appointment_quota: 72 })).appointment_quota).toContain('60')
    expect(wrongWithQueue(queue({ appointment_quota: 10 })).appointment_quota).toBeTruthy()
    expect(wrongWithQueue(queue({ quota: 60, appointment_quota: 60 }))).toEqual({})
  })
  test('needs whole numbers', () => expect(wrongWithQueue(queue({ recalls: Number.NaN, quota: 0 }))).toMatchObject({ recalls: expect.any(String), quota: expect.any(String) }))
  test('is told when it shares a series', () => {
    expect(sharedPrefix(queue(), setup({ queues: [queue(), { ...queue(), id: 'b', name: '企业' }] }))).toContain('企业')
    expect(sharedPrefix(queue(), setup())).toBeUndefined()
  })
  test('says what saving does', () => {
    const today = { id: 'a', issued: 11 } as never
    const text = effectOfQueue({ isNew: false, before: queue({ quota: 50 }), after: queue({ quota: 60, prefix: 'B' }), waiting: 5, today })
    expect(text).toContain('5')
    expect(text).toContain('49')
    expect(text).toContain('B')
  })
})

describe('a counter', () => {
  test('needs its own number', () => {
    expect(wrongWithCounter(newCounter('2', ''), setup()).label).toBeTruthy()
    expect(wrongWithCounter(newCounter('2', '1'), setup()).label).toBeTruthy()
    expect(wrongWithCounter(newCounter('2', '2'), setup())).toEqual({})
  })
})

test('the hub\'s word fills in what was not known here', () => {
  expect(merged<{ name: string; prefix: string }>({ name: 'ours' }, field => `hub ${field}`, ['name', 'prefix'])).toEqual({ name: 'ours', prefix: 'hub prefix' })
})

describe('a draft', () => {
  test('knows whether it differs, and keeps what was typed over a new base', () => {
    const form = useDraft({ a: 1, b: [1] })
    expect(form.dirty.value).toBe(false)
    form.draft.value.a = 2
    expect(form.dirty.value).toBe(true)
    form.rebase({ a: 9, b: [1] })
    expect(form.draft.value.a).toBe(2)
    form.reset({ a: 9, b: [1] })
    expect(form.dirty.value).toBe(false)
  })
  test('names what somebody else changed', () => expect(changedFields({ a: 1, b: [1], c: null }, { a: 1, b: [2], c: null })).toEqual(['b']))
})

describe('a hall screen', () => {
  test('of 55 inches reads as the table of sizes says', () => {
    const to = readableTo(55)
    expect(to.call).toBeCloseTo(9.6, 1)
    expect(to.name).toBeCloseTo(4.3, 1)
    expect(to.small).toBeCloseTo(3.1, 1)
  })
  test.each([[55, 4, 'good'], [55, 6, 'names'], [55, 12, 'bad'], [75, 5.5, 'good'], [32, 6, 'bad']] as const)('%i inches from %f m: %s', (inches, metres, verdict) => expect(readableAt(inches, metres)).toBe(verdict))
})

describe('a device', () => {
  const draft = { name: '屏', face: 'screen' as const, hall: 'h', zones: [], counter: null, settings: {} }
  test('needs a name, a hall, and a strip its counter', () => {
    expect(wrongWithPlayer(draft)).toEqual({})
    expect(wrongWithPlayer({ ...draft, name: ' ', hall: '' })).toMatchObject({ name: expect.any(String), hall: expect.any(String) })
    expect(wrongWithPlayer({ ...draft, face: 'strip' }).counter).toBeTruthy()
    expect(needsCounter('screen')).toBe(false)
  })
})

describe('a person', () => {
  test('needs a name, a login and a password that can be kept', () => {
    expect(Object.keys(wrongWithPerson(newPerson('short'), true))).toEqual(['name', 'login', 'password'])
    expect(wrongWithPerson({ ...newPerson(makePassword()), name: '李', login: 'li' }, true)).toEqual({})
  })
  test('is sent without the password when it only changes', () => {
    const body = bodyOf({ ...newPerson('x'), name: '李', login: 'li', from: '2025-11-24' }, false, 'Asia/Shanghai')
    expect(body).not.toHaveProperty('password')
    expect(body).not.toHaveProperty('login')
    expect(body.valid_until).toBeNull()
  })
  test('made passwords pass the hub\'s rules', () => {
    for (let n = 0; n < 50; n += 1) { const p = makePassword(); expect(wrongWith({ fresh: p, again: p })).toEqual({}) }
  })
  test.each([['short1', 'short'], ['aaaaaaaa', 'alike'], ['zhang-2025', 'login']])('%s is refused (%s)', fresh => expect(wrongWith({ login: 'zhang', fresh, again: fresh }).fresh).toBeTruthy())
})

describe('the self-check', () => {
  const scene = { setup: setup(), players: [], alerts: [], people: null, weekday: 'Mon' as const }
  const grade = (of: Parameters<typeof findings>[0], key: string) => findings(of).find(f => f.key === key)?.grade
  test('is green where all is set', () => {
    expect(grade(scene, 'queues')).toBe('good')
    expect(grade(scene, 'counters')).toBe('good')
  })
  test('names a queue without a counter and a counter without a queue', () => {
    const half = { ...scene, setup: setup({ counters: [newCounter('1', '1')] }) }
    expect(grade(half, 'queues')).toBe('bad')
    expect(grade(half, 'counters')).toBe('bad')
    expect(findings(half)[0]?.text).toContain('综合受理')
  })
  test('looks at devices, printers and people', () => {
    const player = { id: 'p', name: '屏 1', hall: 'h', online: false, settings: {} } as never
    expect(grade({ ...scene, players: [player] }, 'players')).toBe('bad')
    expect(grade({ ...scene, alerts: [{ kind: 'printer', state: 'raised', subject: 'p' } as never] }, 'printers')).toBe('bad')
    expect(grade({ ...scene, people: [] }, 'staff')).toBe('look')
  })
})

describe('the self-check of the sound', () => {
  const zone = (id: string, name: string) => ({ id, name, name_en: '', floor: null })
  const speaker = (id: string, name: string, more: Partial<SpeakerRow> = {}): SpeakerRow => ({ ...newSpeaker(id), name, player: 'box', device: 'spk', ...more })
  /** The box of the hall, with what it says of its speakers; `null`: it is away. */
  const box = (states: Record<string, string> | null) => [{ id: 'box', name: '播音盒', hall: 'h', online: states !== null, settings: {}, report: { speakers: Object.entries(states ?? {}).map(([id, state]) => ({ id, state })) } } as never]
  const sound = (of: Partial<Setup>, states: Record<string, string> | null = null) => findings({ setup: setup(of), players: box(states), alerts: [], people: null, weekday: 'Mon' }).find(it => it.key === 'sound')!
  const hall = { speakers: [speaker('s', '大厅音箱')] }
  const east = zone('east', '东侧')
  const west = zone('west', '西侧')

  test('is green when a speaker of the whole hall says that it is well', () => {
    expect(sound(hall, { s: 'ok' })).toMatchObject({ grade: 'good', text: '' })
    expect(sound({ ...hall, zones: [east, west] }, { s: 'ok' }).grade).toBe('good')
  })
  test.each([[null, '设备未连接'], [{ s: 'gone' }, '声音设备不在'], [{ s: 'untouched' }, '点一下那块屏幕'], [{ s: 'silent' }, '放不出声音'], [{}, '还没有报告']])('%o: names the speaker, says why, and leads there', (states, why) => {
    const found = sound(hall, states)
    expect(found).toMatchObject({ grade: 'bad', to: 'speakers' })
    expect(found.text).toContain('大厅音箱')
    expect(found.text).toContain(why)
  })
  test('says when a speaker has no device, and when the hall has no speaker', () => {
    expect(sound({ speakers: [speaker('s', '大厅音箱', { player: null })] }).text).toContain('没有接设备')
    expect(sound({})).toMatchObject({ grade: 'bad', to: 'speakers' })
    expect(sound({}).text).toContain('加一只')
  })
  test('names the zones where nobody hears a call, and only those', () => {
    const zones = { zones: [east, west], speakers: [speaker('s', '东音箱', { zones: ['east'] })] }
    const found = sound({ ...zones, queues: [queue()] }, { s: 'ok' })
    expect([found.grade, found.text.includes('西侧'), found.text.includes('东侧')]).toEqual(['bad', true, false])
    expect(sound({ ...zones, queues: [queue({ zones: ['east'] })] }, { s: 'ok' }).grade).toBe('good')
    // A queue of one zone is called where its counter stands as well.
    const counters = [{ ...newCounter('1', '1'), zone: 'west', queues: [{ queue: 'a', first_when_wait_s: null, only_when_wait_s: null }] }]
    expect(sound({ ...zones, counters, queues: [queue({ zones: ['east'] })] }, { s: 'ok' }).text).toContain('西侧')
  })
  test('looks at a broken speaker where others are heard, and takes a hearing loop for no speaker of everybody', () => {
    const two = { speakers: [speaker('s', '大厅音箱'), speaker('t', '侧音箱')] }
    expect(sound(two, { s: 'ok', t: 'gone' })).toMatchObject({ grade: 'look', to: 'speakers' })
    expect(sound(two, { s: 'ok', t: 'gone' }).text).not.toContain('大厅音箱')
    const loop = sound({ speakers: [speaker('s', '线圈', { kind: 'loop' })] }, { s: 'ok' })
    expect(loop).toMatchObject({ grade: 'bad' })
    expect(loop.text).toContain('整个大厅')
  })
  test('does not mind speakers that no call is meant for, nor a hall whose queues are all silent', () => {
    const aside = { zones: [east, west], queues: [queue({ zones: ['east'] })], speakers: [speaker('s', '东音箱', { zones: ['east'] }), speaker('t', '西音箱', { zones: ['west'] })] }
    expect(sound(aside, { s: 'ok', t: 'gone' }).grade).toBe('good')
    expect(sound({ queues: [queue({ silent: true })] })).toMatchObject({ grade: 'good' })
    expect(sound({ queues: [queue({ silent: true })] }).text).toContain('只在屏幕上显示')
  })
})

describe('what stands in the way of saving', () => {
  test('is unfolded and gets the focus, a conflict before anything else', () => {
    const form = document.createElement('div')
    form.innerHTML = '<details><summary>a</summary><div class="input bad"><input></div><p class="why">x</p></details>'
    document.body.append(form)
    expect(showFirstWrong(form)).toBe(true)
    expect(form.querySelector('details')?.open).toBe(true)
    expect(document.activeElement).toBe(form.querySelector('input'))
    form.insertAdjacentHTML('beforeend', '<div class="conflict"><button>b</button></div>')
    showFirstWrong(form)
    expect(document.activeElement?.textContent).toBe('b')
    form.innerHTML = ''
    expect(showFirstWrong(form)).toBe(false)
    form.remove()
  })
})
