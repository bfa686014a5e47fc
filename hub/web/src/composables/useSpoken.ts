/**
 * What is being said aloud now in this part of the hall, as speakers tell it: which tickets, which announcements, until
 * when. An announcement stands at least as long as it sounds, also where its time is over meanwhile; one that is
 * withdrawn is gone at once.
 */
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { Began, Board, Notice, Voice } from '../wire/types'
import { hubNow } from './useClock'

const TICK_MS = 250
/** No announcement is believed to last longer. */
const LASTS_MS_MAX = 600_000

interface Said { readonly until: number; readonly notice: Notice | null }

export interface SpokenOptions {
  board: () => Board | null
  /** A ticket begins to be said, once its time has come; so long it needs. */
  began?: (ticket: number, lastsMs: number) => void
}

export function useSpoken({ board, began }: SpokenOptions) {
  const said = shallowRef<ReadonlyMap<string, Said>>(new Map())
  const now = ref(hubNow().getTime())
  const waiting = new Set<ReturnType<typeof setTimeout>>()
  const timer = setInterval(() => {
    now.value = hubNow().getTime()
    if ([...said.value.values()].some(it => it.until <= now.value)) keep([...said.value].filter(([, it]) => it.until > now.value))
  }, TICK_MS)
  onScopeDispose(() => {
    clearInterval(timer)
    for (const it of waiting) clearTimeout(it)
  })
  const keep = (list: [string, Said][]) => { said.value = new Map(list) }
  const ticketKey = (ref: number) => `ticket ${ref}`

  function heard(voice: Voice): void {
    if (!('began' in voice)) return
    const wait = Date.parse(voice.began.begins) - hubNow().getTime()
    if (wait <= 0) return begin(voice.began)
    const later = setTimeout(() => { waiting.delete(later); begin(voice.began) }, Math.min(wait, LASTS_MS_MAX))
    waiting.add(later)
  }

  function begin({ ticket, announcement, ends }: Began): void {
    const at = hubNow().getTime()
    const until = Math.min(Date.parse(ends), at + LASTS_MS_MAX)
    if (!(until > at)) return
    const key = announcement ?? (typeof ticket === 'number' ? ticketKey(ticket) : null)
    if (key === null) return
    const known = said.value.get(key)
    const notice = board()?.notices.find(it => it.id === announcement) ?? known?.notice ?? null
    keep([...[...said.value].filter(([it]) => it !== key), [key, { until: Math.max(until, known?.until ?? 0), notice }]])
    if (typeof ticket === 'number') began?.(ticket, until - at)
  }

  /** What is withdrawn, or called no more, is not waited for. */
  const forget = (key: string | number) => keep([...said.value].filter(([it]) => it !== (typeof key === 'number' ? ticketKey(key) : key)))

  return {
    heard, forget,
    /** Whether a ticket is being said now. */
    isSaid: (ref: number) => (said.value.get(ticketKey(ref))?.until ?? 0) > now.value,
    /** The announcements that hold now, and those that still sound. */
    notices: computed<Notice[]>(() => {
      const held = board()?.notices.filter(it => Date.parse(it.until) > now.value) ?? []
      const sounding = [...said.value.values()].flatMap(it => (it.notice && it.until > now.value && !held.some(n => n.id === it.notice?.id) ? [it.notice] : []))
      return [...held, ...sounding]
    }),
    clear: () => keep([]),
  }
}
