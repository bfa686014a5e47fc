/** What a page says aloud: to which speaker, how loud, in which order and when, on a clock and with sounds of the test's own. */
import { describe, expect, test } from 'vitest'
import { CHIME_S, chimeSamples } from '../src/aloud/chime'
import { factorOf, gainAt, secondOfDay, secondsOf } from '../src/aloud/levels'
import { AFTER_CHIME_MS, LANGUAGES_MS, Mouth, SOUNDS_WAIT_MS, type Beginning, type Out } from '../src/aloud/mouth'
import { pageSpeaker, reportOf, WHY_ONE } from '../src/aloud/report'
import { meant, overBy, sayingOf, testOf } from '../src/aloud/sayings'
import { Shelf } from '../src/aloud/shelf'
import type { About } from '../src/aloud/announcer'
import type { Aloud, FrameBody, Player, Speaker } from '../src/wire/types'
import { ticket } from './board'

const speaker = (more: Partial<Speaker> = {}): Speaker => ({ id: 's', name: '喇叭', name_en: '', zones: [], player: 'p', output: 'page', device: '', kind: 'hall', gain_db: 0, levels: [], floor_db: -24, ...more })
/** Parts are named after how long they sound: `a300` is 300 ms. */
const aloud = (more: Partial<Aloud> = {}): Aloud => ({ say: [{ language: 'zh', text: '请到', parts: [{ key: 'a300', pause_ms: 100 }, { key: 'b500', pause_ms: 0 }] }], repeat: 1, gap_ms: 800, chime: false, stale_s: 30, ...more })
const CHIME = 'chime900'
const START = 1_000_000

/** A room with a clock, in which sounds are written down. */
function room(had: (key: string) => boolean = () => true) {
  let now = START
  let timers: { at: number; then: () => void }[] = []
  const played: [string, number][] = []
  const cut: string[] = []
  const told: Beginning[] = []
  const mute: About[] = []
  const held: (() => void)[] = []
  const out: Out<string> = {
    now: () => now,
    after: (ms, then) => { const it = { at: now + ms, then }; timers.push(it); return () => { timers = timers.filter(t => t !== it) } },
    play: (sound, at) => { const one: [string, number] = [sound, at - START]; played.push(one); return { stop: () => { cut.push(sound); played.splice(played.indexOf(one), 1) } } },
    lengthMs: sound => Number(/\d+$/.exec(sound)![0]), level: () => undefined, chime: CHIME,
  }
  const mouth = new Mouth<string>({ out, want: async key => (key.startsWith('late') ? new Promise(done => held.push(() => done(key))) : had(key) ? key : null), began: it => told.push(it), mute: it => mute.push(it) })
  const tick = async () => { for (let n = 0; n < 8; n += 1) await Promise.resolve() }
  return {
    mouth, played, cut, told, mute, tick,
    arrive: async () => { for (const it of held.splice(0)) it(); await tick() },
    async pass(ms: number) {
      await tick()
      for (const until = now + ms; ;) {
        const next = timers.filter(t => t.at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) { now = until; break }
        timers = timers.filter(t => t !== next)
        now = Math.max(now, next.at)
        next.then()
        await tick()
      }
    },
    now: () => now - START,
  }
}
const iso = (ms: number) => new Date(START + ms).toISOString()
const called = (ref: number, more: Partial<FrameBody> = {}, said: Partial<Aloud> = {}) =>
  sayingOf('called', { ticket: ticket(ref, { state: 'called', counter: '3' }), speak_at: iso(0), times: 1, aloud: aloud(said), ...more }, speaker(), START)!
const announced = (id: string, emergency: boolean, said: Partial<Aloud> = {}) => sayingOf('announced', { id, zones: [], emergency, time: iso(0), until: iso(60_000), aloud: aloud(said) }, speaker(), START)!
const LEAD = 20

describe('which speaker is meant', () => {
  test('by zone, a speaker without zones and a call without zones meet everything', () => {
    expect([meant(speaker({ zones: ['e'] }), ['e', 'w']), meant(speaker({ zones: ['e'] }), ['w']), meant(speaker({ zones: ['e'] }), []), meant(speaker(), ['w'])]).toEqual([true, false, true, true])
  })
  test('named ones alone, whatever the zones', () => {
    expect([meant(speaker({ id: 'a', zones: ['e'] }), ['w'], ['a']), meant(speaker({ id: 'b' }), [], ['a'])]).toEqual([true, false])
  })
  test('a silent frame asks for nothing, a call for another zone neither', () => {
    const body = { ticket: ticket(1, { state: 'called', counter: '3', zones: ['w'] }), speak_at: iso(0) }
    expect(sayingOf('called', body, speaker(), START)).toBeNull()
    expect(sayingOf('called', { ...body, aloud: aloud() }, speaker({ zones: ['e'] }), START)).toBeNull()
    expect(sayingOf('called', { ...body, aloud: aloud() }, speaker({ zones: ['w'] }), START)?.rank).toBe('call')
  })
  test('a call is fresh for as long as it says, from when it is to be spoken', () => {
    const it = called(1, { speak_at: iso(1_000) })
    expect([it.due - START, it.freshUntil - START]).toEqual([1_000, 31_000])
  })
  test('a hearing loop has no chime', () => {
    const test = (kind: Speaker['kind']) => testOf(speaker({ kind }), aloud({ chime: true }), START).content.chime
    expect([test('hall'), test('loop')]).toEqual([true, false])
  })
})

describe('what is over', () => {
  const about = { ticket: 1, counter: '3' }
  test('a ticket that is met, missed, put aside or given up is called no more', () => {
    for (const state of ['serving', 'no_show', 'parked', 'waiting', 'done'] as const) expect(overBy('touched', { ticket: ticket(1, { state }) })?.(about)).toBe(true)
    expect(overBy('recalled', { ticket: ticket(1, { state: 'called' }) })).toBeNull()
    expect(overBy('started', { ticket: ticket(2, { state: 'serving' }) })?.(about)).toBe(false)
  })
  test('an announcement that is withdrawn', () => {
    expect(overBy('withdrawn', { id: 'n' })?.({ announcement: 'n' })).toBe(true)
    expect(overBy('withdrawn', { id: 'n' })?.({ announcement: 'm' })).toBe(false)
  })
})

describe('a call that is said', () => {
  test('its parts follow each other with their pauses, and the hub is told from when to when', async () => {
    const at = room()
    at.mouth.push(called(1))
    await at.pass(2_000)
    expect(at.played).toEqual([['a300', LEAD], ['b500', LEAD + 400]])
    expect(at.told.map(it => [it.begins - START, it.ends - START, it.about])).toEqual([[LEAD, LEAD + 900, { ticket: 1, counter: '3' }]])
    expect(at.mouth.announcer.tally.said).toBe(1)
  })
  test('the chime goes before it, once; then it is repeated after its gap', async () => {
    const at = room()
    at.mouth.push(called(1, {}, { chime: true, repeat: 2 }))
    await at.pass(6_000)
    const first = LEAD + 900 + AFTER_CHIME_MS
    const second = first + 900 + 800
    expect(at.played.map(([sound]) => sound)).toEqual([CHIME, 'a300', 'b500', 'a300', 'b500'])
    expect(at.played.map(([, ms]) => ms).slice(0, 3)).toEqual([LEAD, first, first + 400])
    expect(Math.abs(at.played[3]![1] - second)).toBeLessThanOrEqual(LEAD)
    expect(at.told[0]!.ends - START).toBe(first + 900 * 2 + 800)
  })
  test('between two languages there is a pause', async () => {
    const at = room()
    const say = (language: string, key: string) => ({ language, text: '', parts: [{ key, pause_ms: 0 }] })
    at.mouth.push(called(1, {}, { say: [say('zh', 'z400'), say('en', 'e400')] }))
    await at.pass(2_000)
    expect(at.played).toEqual([['z400', LEAD], ['e400', LEAD + 400 + LANGUAGES_MS]])
  })
  test('two calls never sound at once', async () => {
    const at = room()
    at.mouth.push(called(1))
    at.mouth.push(called(2))
    await at.pass(5_000)
    const starts = at.told.map(it => [it.begins, it.ends])
    expect(starts).toHaveLength(2)
    expect(starts[1]![0]!).toBeGreaterThanOrEqual(starts[0]![1]! + 600)
  })
  test('not before its time', async () => {
    const at = room()
    at.mouth.push(called(1, { speak_at: iso(1_500) }))
    await at.pass(1_400)
    expect(at.played).toEqual([])
    await at.pass(500)
    expect(at.played[0]![1]).toBeGreaterThanOrEqual(1_500)
    expect(at.played[0]![1]).toBeLessThan(1_800)
  })
  test('sounds that come late are waited for, a while; then it goes on with the sentences that are whole', async () => {
    const at = room()
    const say = [{ language: 'zh', text: '', parts: [{ key: 'late300', pause_ms: 0 }] }, { language: 'en', text: '', parts: [{ key: 'e400', pause_ms: 0 }] }]
    at.mouth.push(called(1, {}, { say }))
    await at.pass(1_000)
    expect(at.played).toEqual([])
    await at.pass(SOUNDS_WAIT_MS)
    expect(at.played.map(([sound]) => sound)).toEqual(['e400'])
    expect(at.mute).toEqual([])
  })
  test('and said as soon as they are there', async () => {
    const at = room()
    at.mouth.push(called(1, {}, { say: [{ language: 'zh', text: '', parts: [{ key: 'late300', pause_ms: 0 }] }] }))
    await at.pass(200)
    await at.arrive()
    expect(at.played).toEqual([['late300', 200 + LEAD]])
  })
  test('without a voice the chime sounds alone, once, and it is marked', async () => {
    const at = room(() => false)
    at.mouth.push(called(1, {}, { chime: true, repeat: 3 }))
    await at.pass(6_000)
    expect(at.played).toEqual([[CHIME, LEAD]])
    expect(at.mute).toEqual([{ ticket: 1, counter: '3' }])
    expect([at.told, at.mouth.announcer.tally.mute, at.mouth.announcer.tally.said]).toEqual([[], 1, 0])
  })
  test('words that are still being made are waited for longer, and let calls pass', async () => {
    const at = room()
    const say = [{ language: 'zh', text: '', parts: [{ key: 'late300', pause_ms: 0 }] }]
    at.mouth.push(announced('n', false, { say }))
    await at.pass(SOUNDS_WAIT_MS + 500)
    at.mouth.push(called(1))
    await at.pass(2_000)
    expect(at.told.map(it => it.about)).toEqual([{ ticket: 1, counter: '3' }])
    await at.arrive()
    await at.pass(2_000)
    expect(at.told.map(it => it.about)).toContainEqual({ announcement: 'n' })
  })
  test('without either it is marked and counted, and the next one is said', async () => {
    const at = room(key => key !== 'none1')
    at.mouth.push(called(1, {}, { say: [{ language: 'zh', text: '', parts: [{ key: 'none1', pause_ms: 0 }] }] }))
    at.mouth.push(called(2))
    await at.pass(3_000)
    expect([at.mute.length, at.mouth.announcer.tally.mute, at.mouth.announcer.tally.said]).toEqual([1, 1, 1])
  })
  test('a ticket that is met while it is called is called to the end of this time, not again', async () => {
    const at = room()
    at.mouth.push(called(1, {}, { repeat: 3 }))
    await at.pass(200)
    at.mouth.withdraw(() => true)
    await at.pass(6_000)
    expect(at.played.map(([sound]) => sound)).toEqual(['a300', 'b500'])
  })
  test('one that has to come no more while it waits is not called at all', async () => {
    const at = room()
    at.mouth.push(called(1))
    at.mouth.push(called(2))
    await at.pass(100)
    at.mouth.withdraw(about => 'ticket' in about && about.ticket === 2)
    await at.pass(6_000)
    expect(at.told.map(it => it.about)).toEqual([{ ticket: 1, counter: '3' }])
  })
})

describe('an emergency', () => {
  test('begins at the next join of a call, which is said again afterwards', async () => {
    const at = room()
    at.mouth.push(called(1))
    await at.pass(100)
    at.mouth.push(announced('fire', true, { say: [{ language: 'zh', text: '', parts: [{ key: 'fire1000', pause_ms: 0 }] }] }))
    await at.pass(8_000)
    expect(at.cut).toEqual(['b500'])
    expect(at.played.map(([sound]) => sound)).toEqual(['a300', 'fire1000', 'a300', 'b500'])
    expect(at.played[1]![1] - (LEAD + 300)).toBeLessThan(100)
  })
  test('that is withdrawn stops at its next join', async () => {
    const at = room()
    at.mouth.push(announced('fire', true, { repeat: 3 }))
    await at.pass(100)
    at.mouth.withdraw(about => 'announcement' in about && about.announcement === 'fire')
    await at.pass(8_000)
    expect(at.played.map(([sound]) => sound)).toEqual(['a300'])
  })
})

describe('how loud', () => {
  const levels = [{ from: '12:00:00', until: '14:00:00', gain_db: -6 }, { from: '20:00:00', until: '07:00:00', gain_db: -40 }]
  test('softer at noon, never below the floor at night', () => {
    const at = (time: string) => gainAt(speaker({ gain_db: -2, levels, floor_db: -18 }), secondsOf(time))
    expect(['11:59:59', '12:00', '13:59:59', '14:00', '20:00', '00:00', '06:59:59', '07:00'].map(at)).toEqual([-2, -8, -8, -2, -18, -18, -18, -2])
  })
  test('a hearing loop is always equally loud', () => {
    expect(gainAt(speaker({ kind: 'loop', gain_db: 3, levels }), secondsOf('12:30'))).toBe(3)
  })
  test('by the clock of the hall', () => {
    expect(secondOfDay(new Date('2025-11-24T04:30:00Z'), 'Asia/Shanghai')).toBe(secondsOf('12:30'))
    expect(secondOfDay(new Date('2025-11-23T16:00:05Z'), 'Asia/Shanghai')).toBe(5)
  })
  test('six decibels are about half', () => expect(factorOf(-6)).toBeCloseTo(0.501, 2))
})

describe('the chime', () => {
  const rate = 24_000
  const samples = chimeSamples(rate)
  /** How strong one tone is in a stretch. */
  const strength = (hz: number, from: number, until: number) => {
    let [re, im] = [0, 0]
    for (let n = Math.floor(from * rate); n < until * rate; n += 1) { re += samples[n]! * Math.cos(2 * Math.PI * hz * n / rate); im += samples[n]! * Math.sin(2 * Math.PI * hz * n / rate) }
    return Math.hypot(re, im) / ((until - from) * rate)
  }
  test('two tones, the second lower', () => {
    expect(samples.length).toBe(CHIME_S * rate)
    expect(strength(659.26, 0.02, 0.3)).toBeGreaterThan(5 * strength(523.25, 0.02, 0.3))
    expect(strength(523.25, 0.4, 0.8)).toBeGreaterThan(2 * strength(659.26, 0.4, 0.8))
  })
  test('it begins and ends at nothing, and is never clipped', () => {
    expect(Math.abs(samples[0]!)).toBeLessThan(1e-3)
    expect(Math.abs(samples[samples.length - 1]!)).toBeLessThan(1e-3)
    expect(Math.max(...samples.map(Math.abs))).toBeLessThan(0.89)
  })
})

describe('the shelf of sounds', () => {
  const shelf = (most: number, asked: string[]) => new Shelf<string>(async key => { asked.push(key); return key === 'none' ? null : { sound: key, bytes: 10, keep: !key.startsWith('once') } }, most)
  test('asks once for what is wanted twice at the same time, and keeps it', async () => {
    const asked: string[] = []
    const held = shelf(100, asked)
    await Promise.all([held.want('a'), held.want('a')])
    expect([await held.want('a'), asked]).toEqual(['a', ['a']])
  })
  test('what is for this time only is asked for again', async () => {
    const asked: string[] = []
    const held = shelf(100, asked)
    await held.want('once'); await held.want('once')
    expect(asked).toEqual(['once', 'once'])
  })
  test('what was not there is asked for again', async () => {
    const asked: string[] = []
    const held = shelf(100, asked)
    expect([await held.want('none'), await held.want('none'), asked.length]).toEqual([null, null, 2])
  })
  test('beyond its room the one used longest ago goes', async () => {
    const asked: string[] = []
    const held = shelf(20, asked)
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await held.want(key)
    expect(asked).toEqual(['a', 'b', 'c', 'b'])
  })
})

describe('what a page says of its speakers', () => {
  const player: Player = { id: 'p', face: 'screen', hall: 'h', zones: [], counter: null, settings: {}, speakers: [speaker({ id: 'd', output: 'device', device: 'spk_a' }), speaker({ id: 'a' }), speaker({ id: 'b' })] }
  test('one of them is the page; another one cannot be; of sound devices it says nothing', () => {
    expect(pageSpeaker(player)?.id).toBe('a')
    const tally = { said: 4, stale: 1, merged: 0, full: 0, withdrawn: 2, mute: 0, device: 0 }
    const { speakers, ...rest } = reportOf(player, 'ok', '', tally, 12.4)
    expect(rest).toEqual({ version: 'page', devices: [], clock_offset_ms: 12 })
    expect(speakers).toEqual([{ id: 'a', state: 'ok', spoken: 4, dropped: { stale: 1, withdrawn: 2 } }, { id: 'b', state: 'gone', detail: WHY_ONE }])
  })
  test('a player without a speaker has nothing to say', () => expect(pageSpeaker({ ...player, speakers: [] })).toBeNull())
})
