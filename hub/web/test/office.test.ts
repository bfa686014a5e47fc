import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createApp, defineComponent, h, nextTick, ref } from 'vue'
import { officeWays, withoutPage } from '../src/components/home/ways'
import { zoneFor } from '../src/components/admin/zone'
import { differences, mineOver } from '../src/components/admin/clash'
import { FILE_VERSION, freshNames, hallFile, namesIn, otherVersion, renamed } from '../src/components/admin/settings/hallFile'
import QrCode from '../src/components/login/QrCode.vue'
import { bodyOf, personDraft } from '../src/components/admin/settings/personDraft'
import { linesUnder, namedIn } from '../src/components/wall/lights'
import { useHallForm } from '../src/composables/useHallForm'
import { useSetup, type SetupOfHall } from '../src/composables/useSetup'
import { instantIn, zoneName } from '../src/i18n/zones'
import type { HallListed, Person, Site } from '../src/wire/office'
import { newQueue } from '../src/wire/setup'

afterEach(() => vi.unstubAllGlobals())

describe('the first page', () => {
  const keys = (...roles: string[]) => officeWays(roles).map(way => way.key)
  test('offers each role the pages that will let it in', () => {
    expect(keys('staff')).toEqual(['counter'])
    expect(keys('supervisor')).toEqual(['counter', 'wall'])
    expect(keys('administrator')).toEqual(['counter', 'wall', 'admin'])
    expect(keys('auditor')).toEqual(['audit'])
    expect(keys('staff', 'auditor')).toEqual(['counter', 'audit'])
    expect(keys('administrator', 'auditor')).toEqual(['counter', 'wall', 'admin'])
  })
  test('offers whoever is not signed in all that ask for a name', () => expect(officeWays(null).map(way => way.key)).toEqual(['counter', 'wall', 'admin']))
  test.each(['editor', 'reviewer', 'operator'])('tells an %s that their page comes later', role => {
    expect(keys(role)).toEqual([])
    expect(withoutPage([role])).toHaveLength(1)
    expect(withoutPage([role, 'staff'])).toEqual([])
  })
  test('tells somebody without a role to ask for one', () => {
    expect(withoutPage([])).toHaveLength(1)
    expect(withoutPage(null)).toEqual([])
  })
})

describe('times of the administration', () => {
  const site = (id: string, time_zone: string) => ({ id, parent: null, kind: 'centre', name: id, name_en: id, address: '', time_zone, cutover_hour: 0 }) satisfies Site
  const hall: HallListed = { id: 'h', name: 'h', name_en: '', site: 'b', site_en: 'b', time_zone: 'Asia/Urumqi' }
  test('are those a hall works by, else of the only zone there is', () => {
    expect(zoneFor([site('a', 'Asia/Shanghai'), site('b', 'Asia/Shanghai')], hall)).toBe('Asia/Urumqi')
    expect(zoneFor([site('a', 'Asia/Shanghai'), site('c', 'Asia/Shanghai')])).toBe('Asia/Shanghai')
    expect(zoneFor([site('a', 'Asia/Shanghai'), site('b', 'UTC')])).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone)
  })
  test('say which clock they are by', () => {
    expect(zoneName('zh', 'Asia/Shanghai')).toBe('中国标准时间')
    expect(zoneName('en', 'Asia/Shanghai')).toBe('China Standard Time')
  })
  test.each([['Asia/Shanghai', '2025-11-23T16:00:00.000Z'], ['UTC', '2025-11-24T00:00:00.000Z'], ['America/New_York', '2025-11-24T05:00:00.000Z']])('a day begins in %s at %s', (zone, at) => expect(instantIn(zone, '2025-11-24', '00:00:00').toISOString()).toBe(at))
  test('a day begins once where the clock was moved that night', () => expect(instantIn('Europe/Berlin', '2025-03-30', '23:59:59').toISOString()).toBe('2025-03-30T21:59:59.000Z'))
  test('a person’s days are the same when read again', () => {
    const person: Person = { id: 'p', login: 'li', name: '李', staff_no: null, disabled: false, roles: [], valid_from: '2025-11-23T16:00:00Z', valid_until: null }
    const draft = personDraft(person, 'Asia/Shanghai')
    expect(draft.from).toBe('2025-11-24')
    expect(Date.parse(String(bodyOf(draft, false, 'Asia/Shanghai').valid_from))).toBe(Date.parse(person.valid_from!))
  })
})

describe('broken devices on the wall', () => {
  test.each([[1, 5], [2, 5], [4, 3], [6, 1], [8, 1]])('under %i kinds there is room for %i lines', (kinds, lines) => expect(linesUnder(kinds)).toBe(lines))
  test('all are named, or the last line counts the others', () => {
    expect(namedIn(3, 3)).toBe(3)
    expect(namedIn(3, 5)).toBe(2)
    expect(namedIn(1, 2)).toBe(0)
  })
})

describe('a change that somebody else forestalled', () => {
  test('is not held against the next form', async () => {
    const setup = { revision: 1, hall: { id: 'h', name: '一楼' }, zones: [], departments: [], classes: [], queues: [], counters: [] }
    const stale = { ok: false, status: 409, headers: new Headers(), json: () => Promise.resolve({ status: 409, code: 'stale', by: '周明', revision: 3 }) }
    const fine = { ok: true, status: 200, headers: new Headers(), json: () => Promise.resolve(setup) }
    vi.stubGlobal('fetch', (_: string, how: RequestInit) => { if (how.method === 'PATCH') patched += 1; return Promise.resolve(how.method === 'PATCH' ? stale : fine) })
    let patched = 0
    let of!: SetupOfHall
    let form!: ReturnType<typeof useHallForm>
    const shown = ref(0)
    const Form = defineComponent({ setup: () => { form = useHallForm(() => ({})); return () => h('p') } })
    const app = createApp(defineComponent({ setup: () => { of = useSetup('h'); return () => (of.setup.value ? h(Form, { key: shown.value }) : h('p')) } }))
    app.mount(document.createElement('div'))
    await vi.waitFor(() => expect(form).toBeTruthy())
    form.draft.value = { ...form.draft.value, name: '二楼' }
    await form.save()
    expect(of.problem.value?.code).toBe('stale')
    expect(form.clash.value?.who).toBe('周明')
    const asked = patched
    await form.save()
    expect(patched, 'the ordinary key does not choose').toBe(asked)
    await form.keepMine()
    expect(patched).toBe(asked + 1)
    shown.value = 1
    await nextTick()
    expect(of.problem.value).toBeNull()
    app.unmount()
  })
})

describe('a hall from a file', () => {
  const file = hallFile({ hallcast: 'hall', version: 1, setup: { hall: { id: 'h', name: '一楼', name_en: 'Ground floor' }, queues: [] } })!
  const hall = (name: string, name_en: string): HallListed => ({ id: name, name, name_en, site: '', site_en: '' })
  test('is known from other files', () => {
    for (const other of [null, 1, 'x', [], {}, { setup: {} }, { setup: { hall: { name: 3 } } }]) expect(hallFile(other)).toBeNull()
  })
  test('of another version is told from one that can be read here, as the hub itself does', () => {
    expect([otherVersion(file), otherVersion({ ...file, version: 99 }), otherVersion({ ...file, version: 0 })]).toEqual([null, 99, 0])
    const hub = readFileSync(join(__dirname, '../../src/setup/file.rs'), 'utf8')
    expect(hub).toMatch(new RegExp(`const VERSION: u\\d+ = ${FILE_VERSION};`))
  })
  test('is offered a name that no hall here has', () => {
    expect(freshNames(namesIn(file), [])).toEqual({ name: '一楼', name_en: 'Ground floor' })
    expect(freshNames(namesIn(file), [hall('一楼', 'Ground floor'), hall('一楼 2', '')])).toEqual({ name: '一楼 3', name_en: 'Ground floor 2' })
  })
  test('is sent under the name that was typed, and else as it was', () => {
    expect(renamed(file, { name: ' 二楼 ', name_en: '' })).toEqual({ hallcast: 'hall', version: 1, setup: { hall: { id: 'h', name: '二楼', name_en: '' }, queues: [] } })
  })
})

describe('what somebody else changed', () => {
  const before = { ...newQueue('a'), name: '综合', quota: 100, zones: ['z1'], late_s: 1_800, check_in: false }
  const lists = { zones: [{ id: 'z1', name: '东区', name_en: 'East', floor: null }], departments: [], queues: [] }
  test('is told field by field with both values, in words', () => {
    const theirs = { ...before, quota: 60, zones: [], late_s: 90, check_in: true, hours: { periods: [], redeem_before_end_s: 0 } }
    const told = differences(before, theirs, { ...before, quota: 80 }, lists)
    expect(told.map(({ field, before: was, theirs: is, mine }) => [field, was, is, mine])).toEqual([
      ['zones', '东区', '（空）', ''], ['hours', '（空）', '', ''], ['quota', '100', '60', '80'], ['check_in', '否', '是', ''], ['late_s', '30 分', '90 秒', ''],
    ])
    expect(told.every(it => it.label)).toBe(true)
  })
  test('stays theirs where I did not touch it, when I save mine', () => {
    const mine = mineOver(before, { ...before, quota: 60, late_s: 90 }, { ...before, quota: 80, name: '综合受理' })
    expect([mine.quota, mine.late_s, mine.name]).toEqual([80, 90, '综合受理'])
  })
})

describe('the second proof', () => {
  test('is drawn for a telephone, with light around it', async () => {
    const box = document.createElement('div')
    const app = createApp(QrCode, { text: 'otpauth://totp/Hallcast:li.na?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', label: '二维码' })
    app.mount(box)
    const side = Number(box.querySelector('svg')!.getAttribute('viewBox')!.split(' ').pop())
    const dots = [...box.querySelector('path')!.getAttribute('d')!.matchAll(/M(\d+) (\d+)/g)].flatMap(it => [Number(it[1]), Number(it[2])])
    expect(Math.min(...dots)).toBe(4)
    expect(Math.max(...dots)).toBe(side - 5)
    app.unmount()
  })
})
