/** What visitors are told about the voice. Said only where the hall has speakers: `test/i18n.test.ts` watches who uses it. */
import type { Words } from '../index'

export const aloud = {
  now: { zh: '正在播报', en: 'Being announced' },
  not: { zh: '没有播报，请看屏幕', en: 'Not announced' },
  waitHow: { zh: '看屏幕，听广播', en: 'and listen for your number' },
  touch: { zh: '点一下屏幕，允许播报声音', en: 'Touch the screen to allow sound' },
  allowed: { zh: '声音已打开，叫号会播报', en: 'Sound is on; calls are announced' },
  mute: { zh: '刚才的内容没能播报，请看屏幕', en: 'Not announced; please watch the screen' },
} satisfies Record<string, Words>
