/**
 * One test ticket through the real door: taken, called, started, sent back, cancelled. It is never finished, so the
 * day's figures count no visitor; whatever stops it, it is cancelled and the counter is closed again.
 */
import { computed, ref, shallowRef } from 'vue'
import { freshKey, post } from '../wire/http'
import { Problem, sentence } from '../wire/problem'
import type { Answer, Command } from '../wire/types'

export const STEPS = ['issue', 'open', 'call', 'start', 'back', 'cancel', 'close'] as const
export type TestStep = typeof STEPS[number]
export interface TestAt { hall: string; queue: string; counter: string; closed: boolean }

const PAUSE_MS = 900

export function useTestTicket() {
  const done = ref<TestStep[]>([])
  const running = ref<TestStep | null>(null)
  const failed = shallowRef<{ step: TestStep; why: string } | null>(null)
  const number = ref('')
  const passed = computed(() => !running.value && !failed.value && done.value.includes('cancel'))

  async function run(at: TestAt): Promise<void> {
    done.value = []
    failed.value = null
    number.value = ''
    const send = (command: Command) => post<Answer>(`/halls/${encodeURIComponent(at.hall)}/commands`, command, { key: freshKey() })
    let ticket: string | null = null
    const steps: [TestStep, () => Promise<unknown>][] = [
      ['issue', async () => {
        const made = (await send({ do: 'issue', queue: at.queue, channel: 'counter' })).ticket
        ticket = made?.id ?? null
        number.value = made?.number ?? ''
      }],
      ...(at.closed ? [['open', () => send({ do: 'open_counter', counter: at.counter })] as [TestStep, () => Promise<unknown>]] : []),
      ['call', () => send({ do: 'call_ticket', counter: at.counter, ticket })],
      ['start', () => send({ do: 'start', counter: at.counter })],
      ['back', () => send({ do: 'transfer', counter: at.counter, queue: at.queue, place: 'tail' })],
      ['cancel', () => send({ do: 'cancel', ticket })],
    ]
    const through = await walk(steps)
    if (!through && ticket) await send({ do: 'cancel', ticket }).catch(() => undefined)
    if (at.closed && done.value.includes('open')) await walk([['close', () => send({ do: 'close_counter', counter: at.counter })]], through)
    running.value = null
  }

  /** Takes the steps one by one, slowly enough to be seen on the screens. */
  async function walk(steps: [TestStep, () => Promise<unknown>][], tell = true): Promise<boolean> {
    for (const [step, take] of steps) {
      running.value = step
      try {
        await take()
      } catch (error) {
        if (tell) failed.value = { step, why: error instanceof Problem ? sentence(error) : '' }
        return false
      }
      done.value = [...done.value, step]
      await new Promise(resolve => { setTimeout(resolve, PAUSE_MS) })
    }
    return true
  }

  return { run, done, running, failed, number, passed }
}
