/** What an emergency means on the faces that are not a screen. */
import type { Words } from '../index'

export const urgent = {
  title: { zh: '紧急通知', en: 'Emergency' },
  follow: { zh: '请听从工作人员安排', en: 'Please follow the staff' },
  until: { zh: '显示到 {time}', en: 'Shown until {time}' },
  noTickets: { zh: '现在不能取号；已取的号码仍然有效', en: 'No numbers are given now. Numbers already taken stay valid.' },
  kept: { zh: '您的号码仍然有效', en: 'Your number stays valid' },
  everywhere: { zh: '整个大厅', en: 'The whole hall' },
  awayNow: { zh: '没有连上，看不到：{names}', en: 'Not connected, so not shown: {names}' },
  awayMany: { zh: '没有连上，看不到：{names} 等 {count} 台', en: 'Not connected, so not shown: {names}, {count} in all' },
  said: { zh: '{count} 只扬声器已播出', en: 'Said by {count} speakers' },
  notSaid: { zh: '没有播出：{names}', en: 'Not said by: {names}' },
} satisfies Record<string, Words>
