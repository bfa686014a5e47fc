/** An alert about a speaker: what it says to somebody who knows nothing of it, and what a test of the speaker comes to. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createApp, nextTick, reactive, ref, type App } from 'vue'
import AlertCard from '../src/components/wall/AlertCard.vue'
import { setLanguage } from '../src/i18n'
import { speakerTroubles } from '../src/i18n/words/wall'
import type { Alert } from '../src/wire/office'

const wall = {
  view: { board: ref(null) }, places: { speakers: ref([{ id: 's', text: '东侧音箱' }]) }, players: ref([]), now: ref(new Date('2025-11-24T10:20:00+08:00')),
  hall: ref('h'), live: ref(true), subject: ref(null), alertsLook: vi.fn(),
}
vi.mock('../src/composables/useWall', () => ({ theWall: () => wall }))

let app: App | undefined
let answer: { status: number; body?: unknown }
const asked: string[] = []
const alert = reactive({ id: 'a', hall: 'h', kind: 'speaker', subject: 's', detail: 'offline', raised_at: '2025-11-24T10:10:00+08:00', state: 'raised', taken_by: null, taken_by_name: null, taken_at: null, handled_at: null, note: null }) as Alert

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>'
  setLanguage('zh')
  alert.detail = 'offline'
  asked.length = 0
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(String(path))
    return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), { status: answer.status })
  })
  app = createApp(AlertCard, { alert, red: true })
  app.mount('#app')
})
afterEach(() => {
  app?.unmount()
  vi.unstubAllGlobals()
})

const card = () => document.querySelector('.al')!.textContent!
const key = (named: string) => [...document.querySelectorAll<HTMLElement>('.al .btn')].find(it => it.textContent === named)!
async function press(named: string, answered: typeof answer): Promise<void> {
  answer = answered
  key(named).click()
  await vi.waitFor(() => expect(document.querySelector('.al [role=status], .al [role=alert]')).not.toBeNull())
}

describe('an alert about a speaker', () => {
  test.each(Object.keys(speakerTroubles))('%s: says in both languages that calls are not heard, and where they still are', async detail => {
    alert.detail = detail
    await nextTick()
    expect(card()).toMatch(/东侧音箱.*那里听不到叫号，只能看屏幕。请/)
    setLanguage('en')
    await nextTick()
    expect(card()).toMatch(/calls there are .*shown.*\. /i)
    expect(card()).toContain('not heard')
  })
  test('that was asked to play says to listen', async () => {
    await press('试播一声', { status: 202 })
    expect(asked).toEqual(['/api/v1/halls/h/speakers/s/test'])
    expect(document.querySelector('.al [role=status]')!.textContent).toContain('请听')
  })
  test.each([[409, 'offline', '设备没有连接'], [409, 'gone', '声音设备不在'], [403, 'forbidden', '管理员']])('a test refused with %i %s says why', async (status, code, why) => {
    await press('试播一声', { status, body: { status, code } })
    expect(document.querySelector('.al [role=alert]')!.textContent).toContain(why)
    expect(document.querySelector('.al [role=status]')).toBeNull()
  })
  test('a test says nothing any more once the trouble is another', async () => {
    await press('试播一声', { status: 409, body: { status: 409, code: 'offline' } })
    alert.detail = 'untouched'
    await nextTick()
    expect(document.querySelector('.al [role=alert]')).toBeNull()
  })
  test('that somebody else has just taken is no speaker that is away', async () => {
    await press('我去处理', { status: 409, body: { status: 409, code: 'taken' } })
    expect(document.querySelector('.al [role=alert]')!.textContent).toBe('没有成功，请再试一次')
  })
})
