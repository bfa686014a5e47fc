/** What hall screens and strips say. Both languages stand on the face at once. */
import type { Words } from '../index'

export const screen = {
  waiting: { zh: '等候', en: 'Waiting' },
  next: { zh: '下一号', en: 'Next' },
  count: { zh: '人数', en: 'People' },
  missed: { zh: '过号', en: 'Missed' },
  noCalls: { zh: '暂无叫号', en: 'No calls yet' },
  goTo: { zh: '请到', en: 'Please go to' },
  retracted: { zh: '呼叫已撤销', en: 'Call withdrawn' },
  numbers: { zh: '等候号码', en: 'Numbers' },
  byArrival: { zh: '按取号先后，以叫号为准', en: 'In order of arrival; calls decide' },
  nobody: { zh: '无人等候', en: 'Nobody' },
  counters: { zh: '窗口', en: 'Counters' },
  state: { zh: '状态', en: 'State' },
  followVoice: { zh: '请以广播和窗口上方屏为准', en: 'Follow the voice and counter strips' },
  stillValid: { zh: '排队不受影响，您的号码仍然有效。手机扫描小票上的二维码可随时查看进度。', en: 'Your number stays valid. Scan the code on your slip to follow it.' },
  closed: { zh: '今日办理已结束', en: 'The hall is closed for today' },
  notOpened: { zh: '今日尚未开始', en: 'The hall has not opened yet' },
  opensAt: { zh: '下次开放', en: 'Opens' },
  noon: { zh: '午间休息', en: 'Noon break' },
  resumes: { zh: '恢复叫号', en: 'Calls resume' },
  onDuty: { zh: '午间值班', en: 'On duty' },
  serves: { zh: '办理：{queues}', en: 'Serves: {queues}' },
  starting: { zh: '正在连接大厅', en: 'Joining the hall' },
  refused: { zh: '这块屏暂时不能使用，请联系管理员', en: 'This screen is not available; please ask the administrator' },
} satisfies Record<string, Words>

export const strip = {
  available: { zh: '可办理', en: 'Available' },
  come: { zh: '请到本窗口', en: 'Please come to counter' },
  serving: { zh: '正在办理', en: 'Now serving' },
  paused: { zh: '暂停服务', en: 'Paused' },
  pausedHint: { zh: '请等候叫号，已叫到的号码仍有效', en: 'Paused' },
  closed: { zh: '未开放', en: 'Closed' },
  closedHint: { zh: '请到其他窗口', en: 'Please use another counter' },
  wrapping: { zh: '请稍候', en: 'One moment' },
  stale: { zh: '画面未更新，请听广播', en: 'Not live' },
  noon: { zh: '午间休息', en: 'Noon break' },
} satisfies Record<string, Words>

export const pairing = {
  title: {
    screen: { zh: '这块屏还没有加入大厅', en: 'This screen has not joined a hall yet' },
    strip: { zh: '这块窗口屏还没有加入大厅', en: 'This strip has not joined a hall yet' },
    kiosk: { zh: '这台取号机还没有加入大厅', en: 'This kiosk has not joined a hall yet' },
  },
  stripEnter: { zh: '未加入大厅，请管理员批准', en: 'Not in a hall yet; ask the administrator' },
  enter: { zh: '请管理员在「管理 › 屏幕与播放器」中输入此配对码并批准', en: 'Ask the administrator to enter and approve this code' },
  changes: { zh: '配对码 {left} 后更换', en: 'New code in {left}' },
  left: { zh: '{m} 分 {s} 秒', en: '{m} min {s} s' },
  asking: { zh: '正在领取配对码', en: 'Getting a code' },
  unreachable: { zh: '联系不上服务器，正在重试', en: 'The hub cannot be reached; trying again' },
  approved: { zh: '已批准，正在打开', en: 'Approved; opening' },
  refused: { zh: '管理员没有批准这块屏', en: 'The administrator did not approve this screen' },
  again: { zh: '重新领取配对码', en: 'Get a new code' },
  code: { zh: '配对码', en: 'Pairing code' },
} satisfies Record<string, Words | Record<string, Words>>
