/** Speakers and speech as they are set up, and broadcasts as they are written. */
import { describe, expect, test } from 'vitest'
import { deviceName, devicesOf, isUntold, standingOf, tidySpeech, wrongWithSpeaker, wrongWithSpeech, wrongWithWord } from '../src/components/admin/hall/speakers'
import { toldAt } from '../src/components/admin/told'
import { charsOf, commandOf, heardOn, newBroadcast, shownIn, targetsOf, unableOf, warningsOf, withUrgency, wrongWith } from '../src/components/wall/broadcast'
import { bytesOf, mono, RATE, wavOf } from '../src/aloud/wav'
import type { PlayerRow } from '../src/wire/office'
import { Problem } from '../src/wire/problem'
import { newSpeaker, usualSpeech } from '../src/wire/setup'

const speaker = (more = {}) => ({ ...newSpeaker('s'), name: '东侧', player: 'p', device: 'spk_a', ...more })
const player = (more: Partial<PlayerRow> = {}): PlayerRow => ({ id: 'p', name: '1 号屏', face: 'screen', hall: 'h', zones: [], counter: null, settings: {}, online: true, last_seen: null, version: null, paired_at: null, ...more })
const report = (state: 'ok' | 'gone', more = {}) => ({ version: '1', devices: ['spk_a'], speakers: [{ id: 's', state, ...more }] })

describe('how a speaker is', () => {
  test('as its player says', () => {
    expect(standingOf(speaker(), [player({ report: report('ok', { spoken: 7, dropped: { stale: 2, merged: 1 } }) })])).toEqual({ look: 'ok', detail: '', spoken: 7, dropped: 3 })
    expect(standingOf(speaker(), [player({ report: report('gone', { detail: 'unplugged' }) })])).toMatchObject({ look: 'gone', detail: 'unplugged' })
  })
  test('unknown is not fine: no player, one that is away, one that has not said yet', () => {
    expect(standingOf(speaker({ player: null }), []).look).toBe('none')
    expect(standingOf(speaker(), []).look).toBe('away')
    expect(standingOf(speaker(), [player({ online: false, report: report('ok') })]).look).toBe('away')
    expect([standingOf(speaker(), [player()]).look, standingOf(speaker(), [player()]).spoken]).toEqual(['unread', null])
  })
})

describe('what is wrong before it is sent', () => {
  test('a speaker needs a name and a device, a page needs a screen', () => {
    expect(wrongWithSpeaker(speaker())).toEqual({})
    expect(Object.keys(wrongWithSpeaker(speaker({ name: ' ', device: '' })))).toEqual(['name', 'device'])
    expect(Object.keys(wrongWithSpeaker(speaker({ output: 'page', device: '', player: null })))).toEqual(['player'])
  })
  test('levels lie within what can be heard, and have two times', () => {
    const level = { from: '12:00:00', until: '14:00:00', gain_db: -6 }
    expect(wrongWithSpeaker(speaker({ levels: [level] }))).toEqual({})
    expect(wrongWithSpeaker(speaker({ levels: [{ ...level, gain_db: -61 }] })).levels).toBeTruthy()
    expect(wrongWithSpeaker(speaker({ levels: [{ ...level, until: level.from }] })).levels).toBeTruthy()
    expect(wrongWithSpeaker(speaker({ gain_db: Number.NaN })).gain_db).toBeTruthy()
  })
  test('rate, gap and freshness have limits; an empty sentence is the usual one', () => {
    expect(wrongWithSpeech(usualSpeech())).toEqual({})
    expect(Object.keys(wrongWithSpeech({ ...usualSpeech(), rate_percent: 69, gap_ms: 10_001, stale_s: 2 }))).toEqual(['rate_percent', 'gap_ms', 'stale_s'])
    expect(tidySpeech({ ...usualSpeech(), zh: { call: ' 请{ticket} ', recall: '', missed: '  ' } }).zh).toEqual({ call: '请{ticket}', recall: null, missed: null })
  })
  test('pinyin has one syllable with its tone for every sign', () => {
    const wrong = (written: string, pinyin: string) => Object.keys(wrongWithWord({ written, pinyin, surname: false }, []))
    expect([wrong('单', 'shan4'), wrong('六安', 'lu4 an1'), wrong('吕', 'lü3')]).toEqual([[], [], []])
    expect([wrong('单', 'shan'), wrong('六安', 'lu4an1'), wrong('六安', 'lu4'), wrong('单', '')]).toEqual([['pinyin'], ['pinyin'], ['pinyin'], ['pinyin']])
    expect(wrong('Shan', 'shan4')).toContain('written')
  })
  test('a word stands once as a surname and once otherwise', () => {
    const rows = [{ written: '单', pinyin: 'shan4', surname: true }, { written: '单', pinyin: 'dan1', surname: false }]
    expect(rows.map(it => wrongWithWord(it, rows))).toEqual([{}, {}])
    const twice = [rows[0]!, { ...rows[0]!, pinyin: 'dan1' }]
    expect(wrongWithWord(twice[1]!, twice).written).toContain('单')
  })
  test('what the hub found wrong with one sentence stands at that one', () => {
    const told = toldAt(new Problem({ status: 422, errors: [{ field: 'queues.a.speech.en.call', code: 'unreadable', why: 'no' }] } as ConstructorParameters<typeof Problem>[0]))
    expect([!!told['en.call'], !!told['zh.call'], !!told.speech]).toEqual([true, false, true])
  })
})

describe('a sentence that cannot be said', () => {
  const told = (why: string) => toldAt(new Problem({ status: 422, errors: [{ field: 'speech.zh.call', code: 'sentence', why }] } as ConstructorParameters<typeof Problem>[0]))['zh.call']
  test('is told with the word and its place, as the hub tells them', () => {
    expect(told('cannot be said: character 2: there is no {tickt}; known are {ticket}')).toBe('第 2 个字：没有“{tickt}”，能填的只有 {ticket} {place} {name} {floor} {direction} {again}')
    expect(told('cannot be said: character 9: this `[` has no partner; for the sign itself write `\\[`')).toBe('第 9 个字：“[”没有成对')
  })
  test('is told in general where this page has no words for it', () => {
    expect(told('cannot be said: character 3: something newer')).toContain('大括号')
  })
})

describe('the device of a speaker', () => {
  const reported = player({ report: { version: '1', devices: ['alsa:spk_a', 'alsa:default', 'spk_b'], speakers: [] } })
  test('is written without its driver, and what names no device is not offered', () => {
    expect(devicesOf('p', [reported])).toEqual(['spk_a', 'spk_b'])
    expect(deviceName(' alsa:spk_a ')).toBe('spk_a')
  })
  test('that was not told is remarked upon, with or without the driver; nothing is said before anything was told', () => {
    const all = devicesOf('p', [reported])
    expect([isUntold('spk_a', all), isUntold('alsa:spk_a', all), isUntold('spk_c', all), isUntold('spk_c', []), isUntold('', all)]).toEqual([false, false, true, false, false])
  })
})

describe('before a broadcast goes out', () => {
  const all = [{ id: 'a', zones: [], player: 'p', text: '东侧' }, { id: 'b', zones: [], player: 'q', text: '西侧' }]
  const joined = (names: string[]) => names.join('、')
  const mute = { said: [], mute: [{ language: 'zh', text: '请', why: '' }] } as unknown as Parameters<typeof warningsOf>[0]
  test('a speaker is unable without its player, or where it says so', () => {
    expect(unableOf(all, [player()]).map(it => it.id)).toEqual(['b'])
    expect(unableOf(all, [player({ report: { version: '1', speakers: [{ id: 'a', state: 'gone' }] } }), player({ id: 'q' })]).map(it => it.id)).toEqual(['a'])
  })
  test('says in which language nobody can say it, and who is not there', () => {
    expect(warningsOf(mute, all, [], joined)).toEqual(['中文没有语音：只会显示在屏幕上，响一声提示音'])
    expect(warningsOf(null, all, all.slice(1), joined)).toEqual(['没有连着，播不出：西侧'])
    expect(warningsOf(null, all, all, joined)).toEqual(['没有连着的扬声器：只会显示在屏幕上'])
    expect(warningsOf(mute, all, all, joined)[0]).toBe('中文没有语音：只会显示在屏幕上')
    expect(warningsOf(mute, [], [], joined)).toEqual([])
  })
  test('what is too long is kept and counted', () => {
    const long = { ...newBroadcast(), text: '字'.repeat(510) }
    expect([charsOf(long), wrongWith(long).text]).toEqual([510, '最多 500 个字，请再删掉 10 个'])
  })
})

describe('a broadcast', () => {
  const speakers = [{ id: 'a', zones: ['e'] }, { id: 'b', zones: ['w', 'n'] }, { id: 'c', zones: [] }]
  const draft = (more = {}) => ({ ...newBroadcast(), text: ' 请三号窗口的访客到咨询台 ', ...more })
  test('of words to the whole hall', () => {
    expect(commandOf(draft(), speakers)).toEqual({ do: 'announce', zones: [], ttl_s: 900, repeat: 1, text: '请三号窗口的访客到咨询台' })
  })
  test('to single speakers is shown where those are heard', () => {
    expect(shownIn(draft({ target: 'speakers', speakers: ['a', 'b'] }), speakers)).toEqual(['e', 'w', 'n'])
    expect(shownIn(draft({ target: 'speakers', speakers: ['a', 'c'] }), speakers)).toEqual([])
    expect(commandOf(draft({ target: 'speakers', speakers: ['a'], language: 'en' }), speakers)).toMatchObject({ zones: ['e'], speakers: ['a'], language: 'en' })
  })
  test('to zones is heard on what stands there and on what is heard everywhere', () => {
    expect(heardOn(draft({ target: 'zones', zones: ['e'] }), speakers).map(it => it.id)).toEqual(['a', 'c'])
  })
  test('of a recording shows its caption, and has no language', () => {
    const { text, language, clip } = commandOf(draft({ kind: 'clip', clip: 'k', caption: '闭馆通知', language: 'zh' }), speakers) as Record<string, unknown>
    expect([text, language, clip]).toEqual(['闭馆通知', undefined, 'k'])
  })
  test('an emergency is said three times unless somebody chose otherwise', () => {
    expect(withUrgency(draft(), true)).toMatchObject({ emergency: true, repeat: 3 })
    expect(withUrgency(withUrgency(draft(), true), false)).toMatchObject({ emergency: false, repeat: 1 })
    expect(withUrgency(draft({ repeat: 5 }), true).repeat).toBe(5)
    expect(commandOf(withUrgency(draft(), true), speakers)).toMatchObject({ emergency: true, repeat: 3 })
  })
  test('is asked for with its targets, and says what is missing', () => {
    const places = [{ id: 'e', text: '东区' }, { id: 'w', text: '西区' }]
    expect(targetsOf(draft({ target: 'zones', zones: ['w'] }), places, [])).toEqual(['西区'])
    expect(Object.keys(wrongWith(draft({ text: ' ' })))).toEqual(['text'])
    expect(Object.keys(wrongWith(draft({ kind: 'clip', target: 'zones' })))).toEqual(['text', 'clip', 'zones'])
    expect(Object.keys(wrongWith(draft({ text: '字'.repeat(501), target: 'speakers' })))).toEqual(['text', 'speakers'])
  })
})

describe('sound as bytes', () => {
  test('a WAV is mono, 24 kHz, 16 bit, and never goes beyond full scale', () => {
    const view = new DataView(wavOf(Float32Array.from([0, 0.5, -2, 2])))
    const word = (at: number) => String.fromCharCode(...[0, 1, 2, 3].map(n => view.getUint8(at + n)))
    expect([word(0), word(8), word(36)]).toEqual(['RIFF', 'WAVE', 'data'])
    expect([view.getUint16(22, true), view.getUint32(24, true), view.getUint16(34, true), view.getUint32(40, true)]).toEqual([1, RATE, 16, 8])
    expect([0, 1, 2, 3].map(n => view.getInt16(44 + 2 * n, true))).toEqual([0, 16_384, -32_767, 32_767])
    expect(view.getUint32(4, true)).toBe(view.byteLength - 8)
  })
  test('two channels are one', () => expect([...mono([Float32Array.from([1, 0]), Float32Array.from([0, -1])])]).toEqual([0.5, -0.5]))
  test('base64 is bytes again', () => expect([...new Uint8Array(bytesOf(btoa('\u0000ÿA')))]).toEqual([0, 255, 65]))
})
