/** Who is signed in here. Sends to the login page when nobody is, and signs out after the set idle time. */
import { computed, readonly, shallowRef } from 'vue'
import { caller, del, get, post } from '../wire/http'
import { Problem } from '../wire/problem'
import type { Me } from '../wire/types'

const me = shallowRef<Me | null>(null)

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

const PAGES_BY_ROLE = [['administrator', '/admin'], ['supervisor', '/wall'], ['staff', '/counter'], ['auditor', '/admin']] as const

/** The page somebody with these roles works on. */
export function ownPage(who: { readonly roles: readonly { readonly role: string }[] } | null): string {
  return PAGES_BY_ROLE.find(([role]) => who?.roles.some(r => r.role === role))?.[1] ?? '/'
}

export function useSession() {
  const may = (role: string, hall?: string) => computed(() =>
    me.value?.roles.some(r => (r.role === role || r.role === 'administrator') && (r.hall === null || !hall || r.hall === hall)) ?? false)
  return { me: readonly(me), readMe, signIn, signOut, toLogin, may }
}
