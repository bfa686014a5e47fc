import { describe, expect, test } from 'vitest'
import { bounds, clock, counterName, date, floorName, interval, isoDay, labels, maskName, maskPhone, shortInterval, timer } from '../src/i18n/format'

const plain = (text: string) => text.replace(/\u00a0/g, ' ')
const wait = (low: number, high: number) => ({ p50_s: low * 60, p90_s: high * 60 })

describe('a wait is an interval', () => {
  test('rounded outward to one minute below twenty', () => expect(bounds({ p50_s: 630, p90_s: 1030 })).toEqual([10, 18]))
  test('rounded outward to five minutes above', () => expect(bounds(wait(27, 38))).toEqual([25, 40]))
  test('each bound by its own step', () => expect(bounds(wait(12, 22))).toEqual([12, 25]))
  test('never a single minute', () => expect(bounds(wait(4, 4))).toEqual([4, 5]))
  test('never backwards', () => expect(bounds(wait(9, 3))).toEqual([9, 10]))
  test('in Chinese', () => expect(plain(interval('zh', wait(10, 18)))).toBe('10–18 分'))
  test('in English', () => expect(plain(interval('en', wait(10, 18)))).toBe('10–18 min'))
  test('over an hour with hours', () => expect(plain(interval('zh', wait(50, 80)))).toBe('50 分 – 1 小时 20 分'))
  test('where there is little room, from an hour on in whole hours', () => {
    expect(shortInterval(wait(35, 65))).toBe('35–65 分')
    expect(shortInterval(wait(375, 475))).toBe('6–8 小时')
    expect(shortInterval(wait(60, 100))).toBe('1–2 小时')
  })
  test('over an hour breaks between its bounds only', () => expect(interval('zh', wait(35, 65)).split(' ')).toEqual(['35\u00a0分\u00a0–', '1\u00a0小时\u00a05\u00a0分']))
  test('full hours without minutes', () => expect(plain(interval('en', wait(120, 180)))).toBe('2 h – 3 h'))
  test('unknown is a dash', () => expect(interval('zh', null)).toBe('—'))
})

describe('time', () => {
  const at = new Date('2025-11-24T02:42:18Z')
  test('on the wall of the hall', () => expect(clock(at, 'Asia/Shanghai')).toBe('10:42'))
  test('just after midnight', () => expect(clock(new Date('2025-11-23T16:05:00Z'), 'Asia/Shanghai')).toBe('00:05'))
  test('a date in Chinese', () => expect(date('zh', at, 'Asia/Shanghai')).toBe('11月24日 星期一'))
  test('a date in English', () => expect(date('en', at, 'Asia/Shanghai')).toBe('Mon 24 Nov'))
  test('a date in tables', () => expect(isoDay(at, 'Asia/Shanghai')).toBe('2025-11-24'))
  test('a timer', () => expect(timer(402)).toBe('06:42'))
  test('a long timer', () => expect(timer(4002)).toBe('1:06:42'))
})

describe('masks', () => {
  test('a telephone number', () => expect(maskPhone('13812346618')).toBe('138****6618'))
  test('a short number shows nothing', () => expect(maskPhone('6618')).toBe('****'))
  test('a name', () => expect(maskName('王小明')).toBe('王**'))
  test('no name', () => expect(maskName('')).toBe(''))
})

describe('floors', () => {
  test('a number is a floor', () => expect([floorName('zh', '1'), floorName('en', 'B2')]).toEqual(['1 楼', 'Floor B2']))
  test('a name stays', () => expect([floorName('zh', '一楼'), floorName('en', '一楼'), floorName('zh', null)]).toEqual(['一楼', '', '']))
})

describe('counters', () => {
  test('runs of three and more', () => expect(labels('zh', ['6', '2', '1', '3'])).toBe('1–3、6'))
  test('two stay two', () => expect(labels('zh', ['4', '5'])).toBe('4、5'))
  test('words stay as they are', () => expect(labels('en', ['B', 'A'])).toBe('A, B'))
  test('named in Chinese', () => expect(counterName('zh', '3', { zh: '号窗口', en: 'Counter' })).toBe('3 号窗口'))
  test('named in English', () => expect(counterName('en', '3', { zh: '号窗口', en: 'Counter' })).toBe('Counter 3'))
})
