import { afterEach, describe, expect, test, vi } from 'vitest'
import { createApp, defineComponent, h, nextTick, ref } from 'vue'
import { officeWays, withoutPage } from '../src/components/home/ways'
import { zoneFor } from '../src/components/admin/zone'
import { bodyOf, personDraft } from '../src/components/admin/settings/personDraft'
import { linesUnder, namedIn } from '../src/components/wall/lights'
import { useHallForm } from '../src/composables/useHallForm'
import { useSetup, type SetupOfHall } from '../src/composables/useSetup'
import { instantIn, zoneName } from '../src/i18n/zones'
import type { HallListed, Person, Site } from '../src/wire/office'

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
  const hall: HallListed = { id: 'h', name: 'h', name_en: '', site: 'b', site_en: 'b' }
  test('are those of the hall’s site, else of the only zone there is', () => {
    expect(zoneFor([site('a', 'Asia/Shanghai'), site('b', 'Asia/Urumqi')], hall)).toBe('Asia/Urumqi')
    expect(zoneFor([site('a', 'Asia/Shanghai'), site('c', 'Asia/Shanghai')], hall)).toBe('Asia/Shanghai')
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
    const stale = { ok: false, status: 409, headers: new Headers(), json: () => Promise.resolve({ status: 409, code: 'stale' }) }
    const fine = { ok: true, status: 200, headers: new Headers(), json: () => Promise.resolve(setup) }
    vi.stubGlobal('fetch', (_at: string, how: RequestInit) => Promise.resolve(how.method === 'PATCH' ? stale : fine))
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
    shown.value = 1
    await nextTick()
    expect(of.problem.value).toBeNull()
    app.unmount()
  })
})
