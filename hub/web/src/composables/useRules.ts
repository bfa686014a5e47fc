/** The rules of each queue that a counter's keys need to know; nothing where they may not be read. */
import { shallowRef, type ShallowRef } from 'vue'
import type { CallRules } from '../components/counter/moves'
import { get } from '../wire/http'
import type { Setup } from '../wire/setup'

export type Rules = ShallowRef<Map<string, CallRules> | null> & { look: () => void }

export function useRules(hall: string): Rules {
  const rules = shallowRef<Map<string, CallRules> | null>(null) as Rules
  rules.look = () => void read()

  async function read(): Promise<void> {
    try {
      const setup = await get<Setup>(`/halls/${encodeURIComponent(hall)}/setup`)
      rules.value = new Map(setup.queues.map(queue => [queue.id, queue]))
    } catch {
      // The hub keeps the rules anyway; without them the keys only cannot tell in advance.
    }
  }

  rules.look()
  return rules
}
