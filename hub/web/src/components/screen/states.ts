/** What became of a call, with its sign: a word and an icon, never colour alone. */
import { ArrowRight, CircleMinus, Clock, Undo2, UserCheck, UserX } from '@lucide/vue'
import type { Component } from 'vue'
import { screen } from '../../i18n/words/screen'
import type { Words } from '../../i18n'
import type { CallState } from './recent'

export const callIcons: Record<CallState, Component> = { come: ArrowRight, served: UserCheck, missed: UserX, waits: Undo2, aside: Clock, over: CircleMinus }
export const callWords: Record<CallState, Words> = {
  come: screen.goTo, served: screen.served, missed: screen.missed, waits: screen.waitsAgain, aside: screen.aside, over: screen.over,
}
/** Whether a call in this state still belongs to its counter. */
export const atCounter = (state: CallState) => state === 'come' || state === 'served'
