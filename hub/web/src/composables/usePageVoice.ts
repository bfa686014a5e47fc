/**
 * A screen that speaks: the page of a paired player that has a speaker of its own. Says what fresh frames ask for, as soon
 * as somebody has touched the page; says of itself how it is, every ten seconds and when that changes.
 */
import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import { phraseShelf } from '../aloud/ahead'
import type { About, Saying } from '../aloud/announcer'
import { Mouth, type Beginning } from '../aloud/mouth'
import { pageSpeaker, reportOf } from '../aloud/report'
import { overBy, sayingOf, testOf, type Content } from '../aloud/sayings'
import { webOut, type Loud } from '../aloud/webOut'
import { post } from '../wire/http'
import type { Aloud, Board, FrameBody, Player, SpeakerState, Voice } from '../wire/types'
import { useBriefly } from './useBriefly'
import { hubNow } from './useClock'
import { useSound } from './useSound'

const REPORT_MS = 10_000
/** How long a screen marks that something could not be said. */
const MUTE_SHOWN_MS = 15_000
const WHY_SILENT = 'the sound of the last call could not be had'

export interface PageVoice {
  /** Nothing where this page has no speaker. */
  state: Readonly<Ref<SpeakerState | null>>
  /** Something could not be said a moment ago. */
  muted: Readonly<Ref<boolean>>
  /** Sound was just allowed. */
  allowed: Readonly<Ref<boolean>>
  heard: (kind: string, body: FrameBody, fresh: boolean) => void
  voiced: (voice: Voice) => void
  /** The link is live, or not any more: no call that waited is said after a loss. */
  linked: (live: boolean, board: Board | null) => void
}

export function usePageVoice(player: () => Player, token: () => string | null): PageVoice {
  const speaker = computed(() => (token() ? pageSpeaker(player()) : null))
  const sound = useSound()
  const muted = useBriefly(MUTE_SHOWN_MS)
  const silent = ref(false)
  const stuck = ref(false)
  const own = () => ({ token: token() ?? '' })
  const phrases = phraseShelf(() => player().hall, own)
  let mouth: Mouth<Loud> | null = null

  const state = computed<SpeakerState | null>(() => {
    if (!speaker.value) return null
    if (!sound.running.value) return 'untouched'
    return stuck.value ? 'gone' : silent.value ? 'silent' : 'ok'
  })
  const send = (what: string, body: unknown) => void post(`/players/${encodeURIComponent(player().id)}/${what}`, body, own()).catch(() => undefined)
  function report(): void {
    if (state.value) send('report', reportOf(player(), state.value, silent.value ? WHY_SILENT : '', mouth?.announcer.tally, Date.now() - hubNow().getTime()))
  }

  function began(it: Beginning): void {
    silent.value = false
    // A test concerns nobody who waits.
    if (!('test' in it.about)) send('voice', { hall: player().hall, began: beganOf(speaker.value?.id ?? '', it) })
  }
  function mute(_: About, keys: readonly string[]): void {
    // What no voice has words for is no fault of this page's.
    silent.value = keys.some(key => !phrases.isUnvoiced(key))
    muted.begin()
  }
  function close(): void {
    mouth?.close()
    mouth = null
    sound.close()
  }
  function open(): void {
    const context = sound.open()
    if (!context) return
    const out = webOut(context, () => speaker.value!, () => player().time_zone ?? 'Asia/Shanghai')
    mouth = new Mouth<Loud>({ out, want: key => phrases.want(key, sound.context.value), began, mute })
    void phrases.ahead()
  }
  watch(() => speaker.value?.id, id => { close(); if (id) open() }, { immediate: true })
  watch(state, report, { immediate: true })
  const reporting = setInterval(() => { stuck.value = sound.isStuck(); report() }, REPORT_MS)
  onScopeDispose(() => { clearInterval(reporting); close() })

  function push(it: Saying<Content>): void {
    // What nobody may hear now is not said later either.
    if (sound.running.value) mouth?.push(it)
    else if (mouth) mouth.announcer.tally.mute += 1
  }
  function heard(kind: string, body: FrameBody, fresh: boolean): void {
    if (!mouth || !speaker.value) return
    const over = overBy(kind, body)
    if (over) mouth.withdraw(over)
    const it = fresh ? sayingOf(kind, body, speaker.value, hubNow().getTime()) : null
    if (it) push(it)
    if (kind === 'issued' && body.ticket) void phrases.ahead(body.ticket.ref)
  }
  function voiced(voice: Voice): void {
    if (speaker.value && 'test' in voice && voice.test.speaker === speaker.value.id) push(testOf(speaker.value, voice.test.aloud as Aloud, hubNow().getTime()))
  }
  function linked(live: boolean, board: Board | null): void {
    if (!live) mouth?.withdraw(about => 'ticket' in about)
    else if (board) mouth?.withdraw(about => 'announcement' in about && !board.notices.some(it => it.id === about.announcement))
  }
  return { state, muted: muted.is, allowed: sound.allowed, heard, voiced, linked }
}

/** As the hub is told: whose turn it is, where, and from when to when. */
export function beganOf(speaker: string, it: Beginning) {
  const about = 'ticket' in it.about ? { ticket: it.about.ticket } : 'announcement' in it.about ? { announcement: it.about.announcement } : {}
  return { speaker, ...about, zones: it.zones, begins: new Date(it.begins).toISOString(), ends: new Date(it.ends).toISOString() }
}
