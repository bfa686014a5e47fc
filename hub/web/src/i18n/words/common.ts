/** Words that more than one page uses. */
import type { Words } from '../index'

export const common = {
  back: { zh: '返回', en: 'Back' },
  cancel: { zh: '取消', en: 'Cancel' },
  close: { zh: '关闭', en: 'Close' },
  save: { zh: '保存', en: 'Save' },
  done: { zh: '完成', en: 'Done' },
  retry: { zh: '再试一次', en: 'Try again' },
  reconnect: { zh: '重新连接', en: 'Reconnect' },
  person: { zh: '人', en: 'person' },
  people: { zh: '人', en: 'people' },
  home: { zh: '首页', en: 'Home' },
  wall: { zh: '值班总览', en: 'Wall' },
  admin: { zh: '管理', en: 'Administration' },
  audit: { zh: '审计', en: 'Audit' },
  counter: { zh: '窗口', en: 'Counter' },
  kiosk: { zh: '取号机', en: 'Kiosk' },
  login: { zh: '登录', en: 'Sign in' },
  account: { zh: '我的账户', en: 'My account' },
  logout: { zh: '退出登录', en: 'Sign out' },
  toEnglish: { zh: '英文', en: 'English' },
  otherLanguage: { zh: 'English', en: '中文' },
  qr: { zh: '二维码', en: 'QR code' },
  unknown: { zh: '暂时未知', en: 'Not known yet' },
  loading: { zh: '正在读取', en: 'Loading' },
  counterWord: { zh: '号窗口', en: 'Counter' },
} satisfies Record<string, Words>

/** The link to the hub. */
export const link = {
  live: { zh: '实时', en: 'Live' },
  connected: { zh: '已连接', en: 'Connected' },
  joining: { zh: '正在连接', en: 'Connecting' },
  lost: { zh: '未实时', en: 'Not live' },
  disconnected: { zh: '未连接', en: 'Not connected' },
  lastUpdate: { zh: '最后更新', en: 'Last update' },
  signedOut: { zh: '登录已失效，请重新登录', en: 'You are signed out; please sign in again' },
  signIn: { zh: '重新登录', en: 'Sign in' },
  stopped: { zh: '画面已停止更新，正在重连', en: 'Not live. Reconnecting…' },
} satisfies Record<string, Words>
