/** A password nobody knows yet: easy to read aloud, hard to guess. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 4
const GROUP_CHARS = 4

export function makePassword(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(GROUPS * GROUP_CHARS))
  const chars = [...bytes].map(b => LETTERS[b % LETTERS.length] ?? 'x')
  return Array.from({ length: GROUPS }, (_, n) => chars.slice(n * GROUP_CHARS, (n + 1) * GROUP_CHARS).join('')).join('-')
}
