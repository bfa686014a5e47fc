/** What the hub asks of a password, said before it is sent. Pure. */
import { say } from '../../i18n'
import { change as words } from '../../i18n/words/login'
import type { Problem } from '../../wire/problem'

export const PASSWORD_CHARS_MIN = 8
const DIFFERENT_CHARS_MIN = 4

export interface NewPassword { old?: string; login?: string; fresh: string; again: string }

/** What is wrong with a new password and its repetition, in words. */
export function wrongWith({ old, login, fresh, again }: NewPassword): { fresh?: string; again?: string } {
  const chars = [...fresh]
  if (chars.length < PASSWORD_CHARS_MIN) return { fresh: say(words.short, { count: PASSWORD_CHARS_MIN }) }
  if (new Set(chars).size < DIFFERENT_CHARS_MIN) return { fresh: say(words.alike) }
  if (login && fresh.toLowerCase().includes(login.toLowerCase())) return { fresh: say(words.hasLogin) }
  if (old && old === fresh) return { fresh: say(words.same) }
  return fresh === again ? {} : { again: say(words.differs) }
}

/** What the hub itself found wrong with the new password. */
export function refusedAt(problem: Problem | null): string | undefined {
  return problem?.why('new') ? say(words.easy) : undefined
}
