/** Who is signed in here. Sends to the login page when nobody is, and signs out after the set idle time. */
import { computed, readonly, ref, shallowRef } from 'vue'
import type { WhySignedOut } from '../i18n/words/login'
import { caller, del, get, post } from '../wire/http'
import { Problem } from '../wire/problem'
import type { Me } from '../wire/types'

const me = shallowRef<Me | null>(null)
/** The hub no longer knows the session on which this page stands: the page stays, says so and leads to the login. */
const ended = ref(false)
/** Nobody was at the page for long: it is covered until somebody signs in, for what was typed on it is not saved. */
const locked = ref(false)
let leaving = false

function learned(who: Me | null): Me | null {
  me.value = who
  caller.csrf = who?.csrf ?? null
  ended.value = false
  return who
}

/** Reads who is signed in; nothing when nobody is, or while the page is covered: only signing in here uncovers it. Who was signed in here is kept: the page still shows their work. `here`: somebody is at the page, so the session goes on. */
export async function readMe(here = false): Promise<Me | null> {
  if (locked.value) return null
  try {
    return learned(await get<Me>(here ? '/me?here=true' : '/me'))
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error
    if (!me.value) return learned(null)
    ended.value = true
    return null
  }
}

export async function signIn(login: string, password: string, code?: string): Promise<Me> {
  const who = await post<Me>('/session', { login, password, ...(code ? { code } : {}) })
  locked.value = false
  learned(who)
  return who
}

async function end(why?: WhySignedOut): Promise<void> {
  try { await del(why === 'idle' ? '/session?idle=true' : '/session') } catch { /* an ended session is as good; one the hub did not hear of ends by itself */ }
  learned(null)
  goToLogin(why)
}

function goToLogin(why?: WhySignedOut): void {
  leaving = true
  location.assign(`/login?then=${encodeURIComponent(location.pathname + location.search + location.hash)}${why ? `&why=${why}` : ''}`)
}

export const signOut = () => end()
/** Signs out who has not touched the page for long; the login page says why. */
export const signOutIdle = () => end('idle')
/** Signs out who has not touched the page for long, and keeps the page, covered, with what was typed there. */
export async function lockIdle(): Promise<void> {
  ended.value = locked.value = true
  try { await del('/session?idle=true') } catch { /* it ends by itself */ }
}
/** Goes to the login page and comes back here afterwards. */
export const toLogin = () => goToLogin()
/** The same, for somebody whose session ended under their hands. */
export const toLoginAgain = () => goToLogin('ended')
/** On the way to the login page nothing asks whether one really wants to go: what is at a counter stays there. */
export const goesToLogin = () => leaving

/** Why somebody came to the login page, where they did not ask for it. */
export function whySignedOut(): WhySignedOut | null {
  const why = new URLSearchParams(location.search).get('why')
  return why === 'idle' || why === 'ended' ? why : null
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
  return { me: readonly(me), ended: readonly(ended), locked: readonly(locked), readMe, signIn, signOut, toLogin, may }
}
