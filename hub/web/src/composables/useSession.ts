/** Who is signed in here. Sends to the login page when nobody is, and signs out after the set idle time. */
import { computed, onScopeDispose, readonly, shallowRef } from 'vue'
import { caller, del, get, post } from '../wire/http'
import { Problem } from '../wire/problem'
import type { Me } from '../wire/types'

const me = shallowRef<Me | null>(null)
const IDLE_CHECK_MS = 5_000
const ACTIVITY = ['pointerdown', 'keydown'] as const

function learned(who: Me | null): Me | null {
  me.value = who
  caller.csrf = who?.csrf ?? null
  return who
}

/** Reads who is signed in; nothing when nobody is. */
export async function readMe(): Promise<Me | null> {
  try {
    return learned(await get<Me>('/me'))
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return learned(null)
    throw error
  }
}

export async function signIn(login: string, password: string, code?: string): Promise<Me> {
  const who = await post<Me>('/session', { login, password, ...(code ? { code } : {}) })
  learned(who)
  return who
}

export async function signOut(): Promise<void> {
  try {
    await del('/session')
  } finally {
    learned(null)
    toLogin()
  }
}

/** Goes to the login page and comes back here afterwards. */
export function toLogin(): void {
  location.assign(`/login?then=${encodeURIComponent(location.pathname + location.search)}`)
}

/** Where to go after signing in: only into this site, never elsewhere. */
export function afterLogin(fallback = '/'): string {
  const then = new URLSearchParams(location.search).get('then') ?? ''
  return /^\/(?![/\\])/.test(then) ? then : fallback
}

export function useSession() {
  const may = (role: string, hall?: string) => computed(() =>
    me.value?.roles.some(r => (r.role === role || r.role === 'administrator') && (r.hall === null || !hall || r.hall === hall)) ?? false)
  return { me: readonly(me), readMe, signIn, signOut, toLogin, may }
}

/** Signs out when nobody touches the page for the time the hub sets. The hub does so too; the page only says it in time. */
export function useIdleLogout(): void {
  let last = Date.now()
  const touched = () => { last = Date.now() }
  for (const kind of ACTIVITY) window.addEventListener(kind, touched, { passive: true })
  const timer = setInterval(() => {
    const idle = me.value?.idle_s
    if (idle && Date.now() - last > idle * 1_000) void signOut()
  }, IDLE_CHECK_MS)
  onScopeDispose(() => {
    clearInterval(timer)
    for (const kind of ACTIVITY) window.removeEventListener(kind, touched)
  })
}

