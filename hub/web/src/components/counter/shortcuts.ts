/**
 * The keyboard of a counter: which key does what, by the place of the key (`event.code`), so that a Chinese input
 * method does not swallow it. Pure, but for what a person changed, which is kept in the browser.
 */
export const ACTIONS = [
  'primary', 'recall', 'no_show', 'park', 'transfer', 'next', 'find', 'scan', 'note', 'more', 'pause', 'undo', 'why', 'help', 'close',
] as const
export type Action = typeof ACTIONS[number]
/** `KeyR`, `Ctrl+KeyZ`, `Shift+Slash`. */
export type Combo = string
export type Table = Record<Action, Combo[]>

export const DEFAULTS: Table = {
  primary: ['Space', 'NumpadEnter'],
  recall: ['KeyR', 'NumpadMultiply'],
  no_show: ['KeyM', 'NumpadSubtract'],
  park: ['KeyK'],
  transfer: ['KeyT'],
  next: ['KeyG'],
  find: ['KeyF', 'NumpadDivide'],
  scan: ['KeyS'],
  note: ['KeyN'],
  more: ['KeyX'],
  pause: ['KeyP', 'NumpadDecimal'],
  undo: ['KeyU', 'Ctrl+KeyZ'],
  why: ['KeyW'],
  help: ['Shift+Slash'],
  close: ['Escape'],
}

/** What one person changed: keys turned off altogether, or other keys for some actions. */
export interface Own { off: boolean; keys: Partial<Table> }
export const NOTHING_CHANGED: Own = { off: false, keys: {} }

const KEPT_UNDER = 'hallcast.keys.'
const MODIFIER_CODES = /^(Shift|Control|Alt|Meta)(Left|Right)$/

type Pressed = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** The combination of a key press, or nothing while only a modifier is down. */
export function comboOf(event: Pressed): Combo | null {
  if (!event.code || MODIFIER_CODES.test(event.code)) return null
  const parts = [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', event.shiftKey ? 'Shift' : '', event.code]
  return parts.filter(Boolean).join('+')
}

/** The table in force for a person. Escape always closes; everything else goes with the switch. */
export function tableOf(own: Own): Table {
  const table = { ...DEFAULTS, ...own.keys, close: DEFAULTS.close }
  if (!own.off) return table
  return Object.fromEntries(ACTIONS.map(action => [action, action === 'close' ? table.close : []])) as unknown as Table
}

/** What a key press asks for, or nothing. */
export function actionOf(table: Table, event: Pressed): Action | null {
  const combo = comboOf(event)
  return combo ? ACTIONS.find(action => table[action].includes(combo)) ?? null : null
}

/** Gives `combo` to an action alone: a key that did something else before no longer does. */
export function rebind(own: Own, action: Action, combos: Combo[]): Own {
  const before = { ...DEFAULTS, ...own.keys }
  const keys: Partial<Table> = { ...own.keys, [action]: combos }
  for (const other of ACTIONS) {
    if (other === action || !before[other].some(combo => combos.includes(combo))) continue
    keys[other] = before[other].filter(combo => !combos.includes(combo))
  }
  return { ...own, keys }
}

export function readOwn(person: string): Own {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT_UNDER + person) ?? 'null') as Own | null
    return kept && typeof kept.off === 'boolean' ? kept : NOTHING_CHANGED
  } catch {
    return NOTHING_CHANGED
  }
}

export function keepOwn(person: string, own: Own): void {
  localStorage.setItem(KEPT_UNDER + person, JSON.stringify(own))
}

const NAMES: Record<string, { zh: string; en: string }> = {
  Space: { zh: '空格', en: 'Space' }, Escape: { zh: 'Esc', en: 'Esc' }, Enter: { zh: '回车', en: 'Enter' },
  NumpadEnter: { zh: '小键盘 Enter', en: 'Num Enter' }, NumpadMultiply: { zh: '小键盘 *', en: 'Num *' },
  NumpadSubtract: { zh: '小键盘 -', en: 'Num -' }, NumpadDivide: { zh: '小键盘 /', en: 'Num /' },
  NumpadDecimal: { zh: '小键盘 .', en: 'Num .' }, NumpadAdd: { zh: '小键盘 +', en: 'Num +' },
  'Shift+Slash': { zh: '?', en: '?' }, Slash: { zh: '/', en: '/' },
}

/** How a key is written on a key cap. */
export function capOf(combo: Combo, language: 'zh' | 'en'): string {
  const whole = NAMES[combo]
  if (whole) return whole[language]
  return combo.split('+').map(part => NAMES[part]?.[language] ?? part.replace(/^(Key|Digit)/, '').replace(/^Numpad/, language === 'zh' ? '小键盘 ' : 'Num ')).join('+')
}
