/** Signing in, and what a page does whose session has ended. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createApp, nextTick, ref, type App } from 'vue'
import LoginFrame from '../src/components/login/LoginFrame.vue'
import SignInForm from '../src/components/login/SignInForm.vue'
import { useSignedOut } from '../src/composables/useMyCounter'
import { goesToLogin, readMe, signIn, toLoginAgain, useSession, whySignedOut } from '../src/composables/useSession'
import { publicHost } from '../src/wire/address'

let app: App | undefined
let replies: { status: number; body: unknown }[]
const settled = async () => { for (let n = 0; n < 8; n += 1) await new Promise(done => setTimeout(done)) }
const person = { id: 'p', login: 'li', name: '李', staff_no: null, roles: [], csrf: 'c', idle_s: 600, counters: [], must_change_password: false }

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>'
  replies = []
  vi.stubGlobal('fetch', async () => {
    const { status, body } = replies.shift() ?? { status: 503, body: {} }
    return new Response(JSON.stringify(body), { status })
  })
})
afterEach(() => {
  app?.unmount()
  app = undefined
  vi.unstubAllGlobals()
  history.replaceState(null, '', '/')
})

function show(part: Parameters<typeof createApp>[0], props: Record<string, unknown> = {}): void {
  app = createApp(part, props)
  app.mount('#app')
}

describe('signing in', () => {
  test('goes on in the code field where a second proof is asked for', async () => {
    show(SignInForm, { reset: false })
    const [name, password] = [...document.querySelectorAll('input')]
    for (const [field, text] of [[name!, 'li'], [password!, 'secret']] as const) { field.value = text; field.dispatchEvent(new Event('input')) }
    password!.focus()
    replies = [{ status: 403, body: { status: 403, code: 'second_proof_needed' } }]
    document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
    await settled()
    expect(document.activeElement?.getAttribute('autocomplete')).toBe('one-time-code')
  })
  test('says why one is asked to, where one did not sign out', async () => {
    history.replaceState(null, '', '/login?then=%2Fcounter&why=idle')
    expect(whySignedOut()).toBe('idle')
    show(SignInForm, { reset: false })
    expect(document.querySelector('[role=status]')?.textContent).toContain('已自动退出')
    history.replaceState(null, '', '/login?why=else')
    expect(whySignedOut()).toBeNull()
  })
  test('names the address the hub was set up with, not the one the page was opened at', async () => {
    replies = [{ status: 200, body: { name: 'x', version: '1', public_url: 'https://hall.example.cn/', halls: [], demo: false } }]
    show(LoginFrame)
    expect(document.querySelector('.login-safe')?.textContent).not.toContain(location.host)
    await settled()
    expect(document.querySelector('.login-safe')?.textContent).toContain('hall.example.cn')
    expect([publicHost('notaurl'), publicHost(undefined)]).toEqual(['', ''])
  })
})

describe('a session that ended under a page', () => {
  test('leaves the page its work and is said; going to the login page asks nothing', async () => {
    const assign = vi.spyOn(location, 'assign').mockImplementation(() => undefined)
    const { me, ended } = useSession()
    const refused = ref<number | null>(null)
    const out = useSignedOut(refused)
    replies = [{ status: 200, body: person }, { status: 401, body: { status: 401 } }, { status: 401, body: { status: 401 } }]
    await signIn('li', 'secret')
    expect([ended.value, out.value]).toEqual([false, false])
    expect(await readMe()).toBeNull()
    expect([me.value?.id, ended.value, out.value]).toEqual(['p', true, true])
    expect(goesToLogin()).toBe(false)
    toLoginAgain()
    expect(goesToLogin()).toBe(true)
    expect(assign).toHaveBeenCalledWith(expect.stringContaining('&why=ended'))
    assign.mockRestore()
  })
  test('is known from the link that was refused too', async () => {
    replies = [{ status: 200, body: person }]
    await signIn('li', 'secret')
    const refused = ref<number | null>(4003)
    const out = useSignedOut(refused)
    expect(out.value).toBe(false)
    refused.value = 4501
    await nextTick()
    expect(out.value).toBe(true)
  })
})
