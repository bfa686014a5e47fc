/** The administration: a session that ends under a form, removing what somebody else has just changed, words about voices. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createApp, defineComponent, h, nextTick, ref, type App } from 'vue'
import Conflict from '../src/components/admin/Conflict.vue'
import HubAway from '../src/components/admin/HubAway.vue'
import TextField from '../src/components/admin/fields/TextField.vue'
import SaveFoot from '../src/components/admin/SaveFoot.vue'
import SaveRefusal from '../src/components/admin/SaveRefusal.vue'
import Ask from '../src/components/parts/Ask.vue'
import { useIdle } from '../src/composables/useIdle'
import { useOffice } from '../src/composables/useOffice'
import { useRowForm } from '../src/composables/useRowForm'
import { signIn, useSession } from '../src/composables/useSession'
import { useSetup } from '../src/composables/useSetup'
import { newQueue, type QueueRow } from '../src/wire/setup'

let app: App | undefined
type Reply = { status?: number; body: unknown }
let answer: (method: string, path: string) => Reply
const person = { id: 'p', login: 'li', name: '李', staff_no: null, roles: [], csrf: 'c', idle_s: 600, counters: [], must_change_password: false }
const text = (of: string) => document.querySelector(of)?.textContent ?? ''
const press = (of: string) => document.querySelector<HTMLElement>(of)!.click()

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>'
  vi.useFakeTimers()
  answer = () => ({ body: { rows: [] } })
  vi.stubGlobal('fetch', async (path: string, how: RequestInit) => {
    const { status = 200, body } = answer(how.method ?? 'GET', String(path).replace('/api/v1', ''))
    return new Response(JSON.stringify(body), { status })
  })
})
afterEach(() => {
  app?.unmount()
  app = undefined
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
const settled = async (ms = 0) => { await vi.advanceTimersByTimeAsync(ms); await nextTick() }
function show(part: ReturnType<typeof defineComponent>): void {
  app = createApp(part)
  app.mount('#app')
}

describe('a session that ends under the administration', () => {
  const page = defineComponent({ setup: () => { useOffice(false); const typed = ref('公积金'); return () => h('main', [h(HubAway), h('input', { value: typed.value })]) } })
  async function ended(): Promise<void> {
    answer = () => ({ body: person })
    await signIn('li', 'secret')
    show(page)
    await settled()
    expect(text('.not-live-bar')).toBe('')
    answer = (_, path) => (path === '/me' ? { status: 401, body: { status: 401 } } : { body: { ok: true } })
    await settled(6_000)
  }
  test('is said without anything being pressed, and one signs in over what was typed', async () => {
    await ended()
    expect(text('.not-live-bar')).toContain('登录已失效')
    expect(text('.not-live-bar')).toContain('输入的内容还在')
    const field = document.querySelector('main > input')
    press('.not-live-bar .btn')
    await settled()
    const form = document.querySelector('dialog form')!
    answer = () => ({ body: person })
    for (const [of, typed] of [['[name=login]', 'li'], ['[type=password]', 'secret']] as const) {
      const input = form.querySelector<HTMLInputElement>(of)!
      input.value = typed
      input.dispatchEvent(new Event('input'))
    }
    form.dispatchEvent(new Event('submit', { cancelable: true }))
    await settled(10)
    expect(document.querySelector('dialog')).toBeNull()
    expect(text('.not-live-bar')).toBe('')
    expect(document.querySelector('main > input')).toBe(field)
  })
  test('comes back by itself where one has signed in in another window', async () => {
    await ended()
    answer = () => ({ body: { ...person, csrf: 'new' } })
    await settled(6_000)
    expect(text('.not-live-bar')).toBe('')
  })
  test('for want of a touch covers what is not saved, until somebody signs in here', async () => {
    let left = false
    const assign = vi.spyOn(location, 'assign').mockImplementation(() => { left = true })
    answer = () => ({ body: person })
    await signIn('li', 'secret')
    show(defineComponent({ setup: () => { useOffice(false); useIdle(() => true); return () => h('main', [h(HubAway)]) } }))
    await settled(601_000)
    expect(left).toBe(false)
    expect(document.querySelector('dialog.covers')).not.toBeNull()
    // The old session may still answer for a moment: only signing in uncovers the page.
    await settled(6_000)
    expect(document.querySelector('dialog.covers')).not.toBeNull()
    await signIn('li', 'secret')
    await settled()
    expect([document.querySelector('dialog'), useSession().ended.value]).toEqual([null, false])
    assign.mockRestore()
  })
})

describe('removing what somebody else has just changed', () => {
  const before: QueueRow = { ...newQueue('a'), name: '综合', quota: 100 }
  const setup = (revision: number, queues: QueueRow[]) => ({ revision, hall: { id: 'h', name: '一楼' }, zones: [], departments: [], classes: [], queues, counters: [] })
  let removed = 0
  let gone = 0
  let form: ReturnType<typeof useRowForm<'queues'>>
  /** The drawer of the queue; somebody changes the setup to `theirs` before the removal arrives. */
  async function drawer(theirs: QueueRow[]): Promise<void> {
    removed = gone = 0
    answer = method => (method !== 'DELETE' ? { body: setup(removed ? 2 : 1, removed ? theirs : [before]) } : (removed += 1) === 1 ? { status: 409, body: { status: 409, code: 'stale', by: '周明', revision: 2 } } : { body: setup(3, []) })
    const remove = async () => { if (await form.remove()) gone += 1 }
    const Form = defineComponent({
      setup: () => {
        form = useRowForm({ kind: 'queues', row: before, wrong: () => ({}), saved: () => undefined })
        return () => [form.clash.value ? h(Conflict, { clash: form.clash.value, onTheirs: form.takeTheirs, onRemove: remove }) : null, h(SaveFoot, { dirty: form.dirty.value, wrong: false, busy: false, remove: '删除', clash: form.clash.value, onRemove: remove })]
      },
    })
    show(defineComponent({ setup: () => { const of = useSetup('h'); return () => (of.setup.value ? h('div', { class: 'drawer' }, [h(Form)]) : null) } }))
    await settled()
    form.draft.value.recalls = 7
    await nextTick()
    press('.btn.danger')
    await settled()
  }
  test('speaks of removing, offers to look first, and keeps what was typed', async () => {
    await drawer([{ ...before, quota: 60 }])
    expect(text('.conflict')).toMatch(/周明刚才改了您要删除的这一项.*100 → 60/)
    expect(text('.conflict')).not.toContain('保存')
    expect(text('.foot-why')).toContain('仍然删除')
    const [look] = [...document.querySelectorAll<HTMLElement>('.conflict .btn')]
    look!.click()
    await settled()
    expect([form.draft.value.quota, form.draft.value.recalls, removed, gone]).toEqual([60, 7, 1, 0])
  })
  test('removes it anyway where one says so', async () => {
    await drawer([{ ...before, quota: 60 }])
    press('.conflict .btn.danger')
    await settled()
    expect([removed, gone, form.clash.value]).toEqual([2, 1, null])
  })
  test('is no question where they have removed it too', async () => {
    await drawer([])
    expect([removed, gone, form.clash.value]).toEqual([1, 1, null])
  })
  test('says when only other settings of the hall were changed', async () => {
    await drawer([before])
    expect(text('.conflict')).toContain('没有变')
    expect([...document.querySelectorAll('.conflict .btn')].map(it => it.textContent)).toEqual(['先不删除', '仍然删除'])
  })
})

describe('a save that the hub refuses', () => {
  const before: QueueRow = { ...newQueue('a'), name: '综合' }
  const setup = (revision: number, queues = [before]) => ({ revision, hall: { id: 'h', name: '一楼' }, zones: [], departments: [], classes: [], queues, counters: [] })
  /** A drawer of one field, its refusal and its foot, as all of them are; what the hub answers to saving it. */
  async function save(put: Reply, then = setup(1)): Promise<void> {
    let asked = false
    answer = method => { if (method === 'PUT') { asked = true; return put } return { body: asked ? then : setup(1) } }
    const Form = defineComponent({
      setup: () => {
        const form = useRowForm({ kind: 'queues', row: before, wrong: () => ({}), saved: () => undefined })
        form.draft.value.recalls = 7
        return () => [
          form.clash.value ? h(Conflict, { clash: form.clash.value, onTheirs: form.takeTheirs, onMine: form.keepMine }) : null,
          h(TextField, { label: '中文名', modelValue: form.draft.value.name, why: form.why('name') }), h(TextField, { label: '英文名', modelValue: '', why: form.why('name_en') }), h('p', { class: 'why' }, '还没有窗口'),
          h(SaveRefusal, { problem: form.clash.value ? null : form.problem.value }),
          h(SaveFoot, { dirty: form.dirty.value, wrong: form.hasWrong.value, busy: form.busy.value, clash: form.clash.value, onSave: form.save }),
        ]
      },
    })
    show(defineComponent({ setup: () => { const of = useSetup('h'); return () => (of.setup.value ? h('div', { class: 'drawer' }, [h(Form)]) : null) } }))
    await settled()
    const key = document.querySelector<HTMLElement>('.btn.main')!
    key.focus()
    key.click()
    await settled(10)
  }
  const focused = () => document.activeElement as HTMLElement
  test('for a field leads to that field, and the alert is headed by what became of it', async () => {
    await save({ status: 422, body: { status: 422, code: 'bad_input', errors: [{ field: 'name_en', why: 'is too long', code: 'length', max: 60 }] } })
    expect(focused().closest('.field')?.textContent).toContain('英文名')
    expect(text('.save-refusal[role=alert] b')).toBe('没有完成')
  })
  test('for no field leads to the alert that says why', async () => {
    await save({ status: 403, body: { status: 403, code: 'forbidden' } })
    expect(focused()).toBe(document.querySelector('.save-refusal p'))
    expect(focused().textContent).toMatch(/^没有完成.*没有权限/)
  })
  test('without an answer says that nobody knows yet, and leads there', async () => {
    await save({ status: 503, body: { status: 503 } })
    expect(focused()).toBe(document.querySelector('.save-refusal p'))
    expect(text('.save-refusal b')).toBe('还不知道是否完成')
  })
  test('since somebody saved first leads to the choice', async () => {
    await save({ status: 409, body: { status: 409, code: 'stale', by: '周明', revision: 2 } }, setup(2, [{ ...before, quota: 60 }]))
    expect(focused().closest('.conflict')?.textContent).toContain('周明')
  })
  test('is not thought of one that was saved: the focus stays, whatever hint stands there', async () => {
    await save({ body: setup(2, [{ ...before, recalls: 7 }]) })
    expect(focused().textContent).toBe('保存')
    expect(document.querySelector('.save-refusal p')).toBeNull()
  })
})

test('a dialog that only tells why not has one key', () => {
  show(defineComponent({ setup: () => { return () => h(Ask, { title: '停用队列', no: '关闭' }) } }))
  expect([...document.querySelectorAll('.ask .btn')].map(it => it.textContent)).toEqual(['关闭'])
})
