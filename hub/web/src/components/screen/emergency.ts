/** How the words of an emergency stand on a screen: as large as they fit, English beneath. Pure. */

const HAN = /[\u3400-\u9fff]/
const HALF = 0.55
/** Signs of a text that fits at so many rem, lying; upright there is less width and more height. */
const STEPS: readonly [number, number][] = [[44, 1.24], [66, 0.96], [120, 0.72], [210, 0.54], [330, 0.44]]
const LEAST_REM = 0.36
/** Upright few signs fit a row and many rows the face; the English lines stand at their own size and take room too. */
const STEPS_UPRIGHT: readonly [number, number][] = [[44, 1.16], [66, 0.9], [120, 0.67], [210, 0.58], [330, 0.48]]
const LEAST_UPRIGHT_REM = 0.4
const UPRIGHT_ROW_REM = 9.5

const width = (text: string) => [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) < 0x2e80 ? HALF : 1), 0)

/** One line of a few short clauses stands as so many lines: each is read at a glance. */
const CLAUSES_MAX = 4
const CLAUSE_SIGNS = 11
function clausesOf(line: string): string[] {
  const clauses = line.split(/[，。；！？]/).map(it => it.trim()).filter(Boolean)
  return clauses.length <= CLAUSES_MAX && clauses.every(it => width(it) <= CLAUSE_SIGNS) ? clauses : [line]
}

/** The lines with Chinese signs, and those without in one: the English. A text without any Chinese is not small. */
export function emergencyLines(text: string): { zh: string[]; en: string } {
  const lines = text.split('\n').map(line => line.trim()).filter(Boolean)
  const written = lines.filter(line => HAN.test(line))
  const zh = written.length === 1 ? clausesOf(written[0] as string) : written
  return zh.length ? { zh, en: lines.filter(line => !HAN.test(line)).join(' ') } : { zh: lines, en: '' }
}

/** The English beneath is smaller than the Chinese, and never smaller than what is read from near. */
const ENGLISH = { share: 0.75, most: 0.52, least: 0.32 }
export const englishSize = (chinese: number) => Math.max(ENGLISH.least, Math.min(ENGLISH.most, chinese * ENGLISH.share))

/** How large they stand, rem, so that the English beneath has its room too. A short line leaves the rest of its row empty. */
export function emergencySize(lines: readonly string[], portrait = false, english = ''): number {
  const ROW = 11
  const signs = width(english) * ENGLISH.share ** 2 + (lines.length > 1 ? lines.reduce((sum, line) => sum + Math.ceil(width(line) / ROW) * ROW, 0) : width(lines[0] ?? ''))
  const sizeOf = (steps: typeof STEPS, least: number) => steps.find(([most]) => signs <= most)?.[1] ?? least
  if (!portrait) return sizeOf(STEPS, LEAST_REM)
  // A clause that would break for a sign or two stands a little smaller, in one line.
  const longest = Math.max(...lines.map(width))
  const whole = longest <= CLAUSE_SIGNS ? Math.floor(UPRIGHT_ROW_REM / longest * 100) / 100 : Infinity
  return Math.min(sizeOf(STEPS_UPRIGHT, LEAST_UPRIGHT_REM), whole)
}

/** Emergencies, and what else is announced. */
export function apart<N extends { emergency?: boolean }>(notices: readonly N[]): { urgent: N[]; plain: N[] } {
  return { urgent: notices.filter(it => it.emergency === true), plain: notices.filter(it => it.emergency !== true) }
}
