/**
 * Asks the hub. JSON in, JSON out; everything else becomes a `Problem`.
 *
 * Never retries by itself: only a command with its key may be asked twice, and `useCommand` does that.
 */
import { Problem, type ProblemDocument } from './problem'

export const BASE = '/api/v1'
const ANSWER_WAIT_MS = 10_000
const FILE_WAIT_MS = 120_000

/** Who is asking: the CSRF token of a session, or a bearer token of a player. */
export const caller: { csrf: string | null; token: string | null } = { csrf: null, token: null }

export interface Ask {
  body?: unknown
  /** A file instead of JSON; it may take its time. */
  file?: Blob
  /** A voice speaks for it: it may take its time too. */
  spoken?: boolean
  /** Idempotency key; the same key is the same command. */
  key?: string
  /** A bearer token for this request only. */
  token?: string
  headers?: Record<string, string>
  signal?: AbortSignal
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One request. `path` starts behind `/api/v1`. Throws `Problem`, nothing else. */
export function ask<T = unknown>(method: Method, path: string, how: Ask = {}): Promise<T> {
  return asked(method, path, how, answer => read<T>(answer))
}

/** What is not JSON, such as a sound. `keep`: it is the same the next time. */
export function getBytes(path: string, how: Ask = {}): Promise<{ bytes: ArrayBuffer; keep: boolean }> {
  const accepts = { spoken: true, ...how, headers: { Accept: '*/*', ...how.headers } }
  return asked('GET', path, accepts, async answer => ({ bytes: await answer.arrayBuffer(), keep: !/no-store/.test(answer.headers.get('Cache-Control') ?? '') }))
}

async function asked<T>(method: Method, path: string, how: Ask, read: (answer: Response) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const alarm = setTimeout(() => stop.abort(), how.file || how.spoken ? FILE_WAIT_MS : ANSWER_WAIT_MS)
  how.signal?.addEventListener('abort', () => stop.abort())
  let answer: Response
  try {
    answer = await fetch(BASE + path, {
      method, headers: headers(method, how), credentials: 'same-origin', signal: stop.signal,
      ...(how.file ? { body: how.file } : how.body === undefined ? {} : { body: JSON.stringify(how.body) }),
    })
    if (answer.ok) return await read(answer)
  } catch {
    throw new Problem({ status: 0 })
  } finally {
    clearTimeout(alarm)
  }
  throw await problemOf(answer)
}

function headers(method: Method, how: Ask): Record<string, string> {
  const all: Record<string, string> = { Accept: 'application/json', ...how.headers }
  if (how.file) all['Content-Type'] = how.file.type || 'application/octet-stream'
  else if (how.body !== undefined) all['Content-Type'] = 'application/json'
  if (how.key) all['Idempotency-Key'] = how.key
  const token = how.token ?? caller.token
  if (token) all.Authorization = `Bearer ${token}`
  else if (caller.csrf && method !== 'GET') all['X-CSRF-Token'] = caller.csrf
  return all
}

async function read<T>(answer: Response): Promise<T> {
  if (answer.status === 204 || answer.status === 202) return undefined as T
  return await answer.json() as T
}

async function problemOf(answer: Response): Promise<Problem> {
  const wait = Number(answer.headers.get('Retry-After'))
  const retryAfter = wait > 0 ? wait : null
  try {
    return new Problem({ ...await answer.json() as ProblemDocument, status: answer.status }, retryAfter)
  } catch {
    return new Problem({ status: answer.status }, retryAfter)
  }
}

export const get = <T>(path: string, how?: Ask) => ask<T>('GET', path, how)
export const post = <T>(path: string, body: unknown = {}, how?: Ask) => ask<T>('POST', path, { ...how, body })
export const put = <T>(path: string, body: unknown, how?: Ask) => ask<T>('PUT', path, { ...how, body })
export const patch = <T>(path: string, body: unknown, how?: Ask) => ask<T>('PATCH', path, { ...how, body })
export const del = <T>(path: string, how?: Ask) => ask<T>('DELETE', path, how)

const KEY_BYTES = 16

/** A fresh idempotency key. (`crypto.randomUUID` needs https and a newer browser.) */
export function freshKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(KEY_BYTES))].map(b => b.toString(16).padStart(2, '0')).join('')
}
