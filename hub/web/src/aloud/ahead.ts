/** Has sounds before they are needed: those of a ticket when it is issued, and all that may be called when a page begins. */
import { get, getBytes, type Ask } from '../wire/http'
import { Problem } from '../wire/problem'
import { Shelf } from './shelf'
import { decoded, type Loud } from './webOut'

/** Sounds fetched at a time. */
const AT_ONCE = 2
/** Pages of their list: a hall has no more that could be called. */
const PAGES_MAX = 20
const NO_SUCH = 404

interface PhraseRows { rows: { key: string; bytes: number }[]; next?: string | null }

export function phraseShelf(hall: () => string, how: () => Ask) {
  const base = () => `/halls/${encodeURIComponent(hall())}/phrases`
  /** What the hub has no voice for. */
  const unvoiced = new Set<string>()
  const shelf = new Shelf<ArrayBuffer>(async key => {
    unvoiced.delete(key)
    const { bytes, keep } = await getBytes(`${base()}/${encodeURIComponent(key)}`, how()).catch((error: unknown) => {
      if (error instanceof Problem && error.status === NO_SUCH) unvoiced.add(key)
      throw error
    })
    return { sound: bytes, bytes: bytes.byteLength, keep }
  })

  /** Of one ticket, or of all. What cannot be had now is asked for again at the call. */
  async function ahead(ticket?: number): Promise<void> {
    let next: string | null | undefined
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const asked = new URLSearchParams({ ...(ticket === undefined ? {} : { ticket: String(ticket) }), ...(next ? { after: next } : {}) }).toString()
      const got = await get<PhraseRows>(`${base()}${asked && `?${asked}`}`, how()).catch(() => null)
      if (!got) return
      const keys = got.rows.map(row => row.key)
      await Promise.all(Array.from({ length: AT_ONCE }, async () => { for (let key = keys.shift(); key; key = keys.shift()) await shelf.want(key) }))
      next = got.next
      if (!next) return
    }
  }
  /** One sound, ready to be played; nothing where it cannot be had. */
  async function want(key: string, context: AudioContext | null): Promise<Loud | null> {
    const bytes = await shelf.want(key)
    return bytes && context ? decoded(context, bytes).catch(() => null) : null
  }
  return { want, ahead, isUnvoiced: (key: string) => unvoiced.has(key) }
}
