/** The counter page. */
import type { Rule } from '../../wire/office'
import type { Words } from '../index'

export const counter = {
  title: { zh: '窗口', en: 'Counter' },
  idle: { zh: '空闲', en: 'Idle' },
  staffNo: { zh: '工号 {no}', en: 'No. {no}' },
  ready: { zh: '准备好就叫下一位', en: 'Call the next one when you are ready' },
  nobody: { zh: '没有人等候', en: 'Nobody is waiting' },
  nobodyLine: { zh: '有人取号时，这里会自动显示', en: 'Whoever takes a number appears here by itself' },
  nextOne: { zh: '下一位', en: 'Next' },
  longestWait: { zh: '等候最久', en: 'Longest wait' },
  peopleIn: { zh: '{queue} {count} 人', en: '{queue} {count}' },
  idleFor: { zh: '空闲 {time}', en: 'Idle {time}' },
  servingTime: { zh: '办理时间', en: 'Service time' },
  usual: { zh: '本队列今日平均 {time}', en: 'Mean of this queue today {time}' },
  ownClock: { zh: '（本机计时）', en: ' (this computer’s clock)' },
  calledFor: { zh: '已呼叫', en: 'Called' },
  calledTimes: { zh: '第 {times} 次', en: 'Call {times}' },
  noShowAfter: { zh: '满 {seconds} 秒可按过号', en: 'No-show possible after {seconds} s' },
  pausedFor: { zh: '已暂停', en: 'Paused' },
  pausedTitle: { zh: '窗口已暂停', en: 'This counter is paused' },
  pausedLine: { zh: '条屏显示“暂停服务”，不会分配新号', en: 'The strip says so; no ticket is assigned' },
  closedTitle: { zh: '窗口还没有开放', en: 'This counter is closed' },
  closedLine: { zh: '开放后条屏会显示可办理的业务', en: 'Once open, the strip shows what is done here' },
  wrapUpTitle: { zh: '整理中，可以提前叫下一位', en: 'Wrapping up; you may call the next one already' },
  dayOver: { zh: '今日已结束', en: 'Closed for today' },
  dayOverLine: { zh: '辛苦了。今天办结 {served} 位，过号 {missed} 位', en: 'Thank you. Served {served}, missed {missed} today' },
  keepServing: { zh: '请继续接待，无需重新登录', en: 'Please go on serving; no need to sign in again' },
  stateOf: { zh: '{time} 的状态', en: 'As of {time}' },
  listOf: { zh: '{time} 的名单', en: 'List of {time}' },
  stage: { zh: '第 {index} 步，共 {of} 步', en: 'Stage {index} of {of}' },
  appointment: { zh: '预约', en: 'Appointment' },
  returned: { zh: '过号返回', en: 'Returned' },
  sentHere: { zh: '指名本窗口', en: 'For this counter' },
  notPresent: { zh: '未签到', en: 'Not checked in' },
  walkIn: { zh: '现场', en: 'Walk-in' },
  taken: { zh: '取号', en: 'Taken' },
  waited: { zh: '等候', en: 'Waited' },
  visitor: { zh: '访客', en: 'Visitor' },
  phoneTail: { zh: '手机尾号 {tail}', en: 'phone …{tail}' },
  visitorKnown: { zh: '已登记', en: 'Registered' },
  visitorUnknown: { zh: '未登记', en: 'Not registered' },
  speaks: { zh: '语言', en: 'Language' },
  reason: { zh: '原因', en: 'Reason' },
  why: { zh: '为什么是 {number}', en: 'Why {number}' },
  whyOrder: { zh: '为什么是这个顺序', en: 'Why this order' },
  waitedFor: { zh: '已等 {time}', en: 'Waited {time}' },
  moreWaiting: { zh: '还有 {count} 位', en: '{count} more' },
  pause: { zh: '暂停', en: 'Pause' },
  resume: { zh: '恢复', en: 'Resume' },
  moreQueues: { zh: '等 {all} 项', en: 'and more, {all} in all' },
  leave: { zh: '离开窗口', en: 'Leave' },
  served: { zh: '今日办结', en: 'Served today' },
  mean: { zh: '平均办理', en: 'Mean service' },
  missed: { zh: '今日过号', en: 'Missed today' },
  minutesSeconds: { zh: '{minutes} 分 {seconds} 秒', en: '{minutes} min {seconds} s' },
  onlySeconds: { zh: '{seconds} 秒', en: '{seconds} s' },
  loading: { zh: '正在读取窗口', en: 'Reading this counter' },
  gone: { zh: '这个窗口已不存在', en: 'This counter no longer exists' },
  goneLine: { zh: '管理员可能改了设置，请另选一个窗口', en: 'The setup may have changed; choose another counter' },
  chooseOther: { zh: '另选窗口', en: 'Choose another counter' },
} satisfies Record<string, Words>

export const bigKeyWords = {
  open: { zh: '开放窗口', en: 'Open the counter' },
  call: { zh: '叫下一位', en: 'Call next' },
  start: { zh: '访客已到，开始办理', en: 'Visitor is here, start' },
  finish: { zh: '办结', en: 'Finish' },
  finishStage: { zh: '办结，去下一环节', en: 'Finish this stage' },
  resume: { zh: '恢复办理', en: 'Resume' },
  waitForLink: { zh: '等待连接', en: 'Waiting for the link' },
  backSoon: { zh: '连上后可继续，不会重复叫号', en: 'You can go on once it is back; nothing is called twice' },
  signInFirst: { zh: '请重新登录', en: 'Please sign in again' },
  backSignedIn: { zh: '登录后可继续，不会重复叫号', en: 'You can go on after signing in; nothing is called twice' },
  unconfirmed: { zh: '「{press}」已按下，尚未确认；恢复后发送一次', en: '“{press}” was pressed, not confirmed yet; it is sent once' },
} satisfies Record<string, Words>

/** What each verb is called when a press waits to be confirmed, or was done last. */
export const verbs: Record<string, Words> = {
  open_counter: { zh: '开放窗口', en: 'Open the counter' },
  close_counter: { zh: '关闭窗口', en: 'Close the counter' },
  pause_counter: { zh: '暂停窗口', en: 'Pause' },
  resume_counter: { zh: '恢复办理', en: 'Resume' },
  call_next: { zh: '叫下一位', en: 'Call next' },
  call_ticket: { zh: '叫指定号', en: 'Call a number' },
  start: { zh: '开始办理', en: 'Start' },
  finish: { zh: '办结', en: 'Finish' },
  no_show: { zh: '过号', en: 'No-show' },
  recall: { zh: '重呼', en: 'Recall' },
  park: { zh: '挂起', en: 'Park' },
  unpark: { zh: '取回', en: 'Bring back' },
  transfer: { zh: '转移', en: 'Transfer' },
  undo: { zh: '撤销', en: 'Undo' },
  cancel: { zh: '取消号码', en: 'Cancel' },
  return: { zh: '恢复过号', en: 'Return' },
  check_in: { zh: '签到', en: 'Check in' },
  reprioritise: { zh: '改优先级', en: 'Change priority' },
}

/** What happened last, by the kind of frame or the new state of the counter. */
export const happened: Record<string, Words> = {
  called: { zh: '呼叫 {number}', en: 'Called {number}' },
  recalled: { zh: '重呼 {number}', en: 'Recalled {number}' },
  started: { zh: '开始办理 {number}', en: 'Started {number}' },
  finished: { zh: '办结 {number}', en: 'Finished {number}' },
  no_show: { zh: '{number} 过号', en: '{number} missed' },
  parked: { zh: '挂起 {number}', en: 'Parked {number}' },
  unparked: { zh: '取回 {number}', en: 'Brought back {number}' },
  back_in_line: { zh: '{number} 回到等候，保留原来的先后', en: '{number} is back in line, at its old place' },
  transferred: { zh: '转移 {number}', en: 'Transferred {number}' },
  returned: { zh: '{number} 已恢复排队', en: '{number} is back in line' },
  checked_in: { zh: '{number} 已签到', en: '{number} checked in' },
  reprioritised: { zh: '已改 {number} 的优先级', en: 'Changed the priority of {number}' },
  undone: { zh: '已撤销，{number} 回到原位', en: 'Undone; {number} is back in place' },
  cancelled: { zh: '{number} 已取消', en: '{number} cancelled' },
  open: { zh: '窗口开放', en: 'Counter open' },
  paused: { zh: '窗口暂停', en: 'Counter paused' },
  closed: { zh: '窗口关闭', en: 'Counter closed' },
}
/** Where a ticket stands that was sent into a line. */
export const ahead = {
  first: { zh: '，就在最前', en: ', first in line' },
  some: { zh: '，前面 {count} 人', en: ', {count} ahead' },
} satisfies Record<string, Words>
export const took: Words = { zh: '，用时 {time}', en: ', took {time}' }
export const undo = {
  plain: { zh: '撤销', en: 'Undo' },
  over: { zh: '没有可撤销的操作，或已超过时限', en: 'Nothing to undo, or the time has passed' },
} satisfies Record<string, Words>

/** Taking the last step back, by its kind. */
export const undoOf: Record<string, Words> = {
  called: { zh: '撤销呼叫，还有 {seconds} 秒', en: 'Undo the call, {seconds} s left' },
  recalled: { zh: '撤销重呼，还有 {seconds} 秒', en: 'Undo the recall, {seconds} s left' },
  started: { zh: '撤销开始，还有 {seconds} 秒', en: 'Undo the start, {seconds} s left' },
  finished: { zh: '撤销办结，还有 {seconds} 秒', en: 'Undo the finish, {seconds} s left' },
  no_show: { zh: '撤销过号，还有 {seconds} 秒', en: 'Undo the no-show, {seconds} s left' },
  parked: { zh: '撤销挂起，还有 {seconds} 秒', en: 'Undo the parking, {seconds} s left' },
  unparked: { zh: '撤销取回，还有 {seconds} 秒', en: 'Undo, {seconds} s left' },
  transferred: { zh: '撤销转移，还有 {seconds} 秒', en: 'Undo the transfer, {seconds} s left' },
}

export const moveNames: Record<string, Words> = {
  recall: { zh: '重呼', en: 'Recall' },
  park: { zh: '挂起', en: 'Park' },
  transfer: { zh: '转移', en: 'Transfer' },
  more: { zh: '更多', en: 'More' },
  no_show: { zh: '过号', en: 'No-show' },
  next: { zh: '下一环节', en: 'Next stage' },
  scan: { zh: '扫号单', en: 'Scan slip' },
  note: { zh: '留言', en: 'Note' },
}

export const moveWhy = {
  noTicket: { zh: '窗口现在没有号码', en: 'No ticket at this counter' },
  serving: { zh: '办理中不可用', en: 'Not while serving' },
  startFirst: { zh: '开始办理后可用', en: 'After the start' },
  noStage: { zh: '没有下一环节', en: 'No next stage' },
  notLive: { zh: '连上后可用', en: 'When connected' },
  recallsUsed: { zh: '已重呼 {max} 次', en: 'Recalled {max} times' },
  drawerOpen: { zh: '抽屉开着，按 Esc 关闭后快捷键才起作用', en: 'The drawer is open; keys work again after Esc' },
  waitSeconds: { zh: '再等 {seconds} 秒可用', en: 'In {seconds} s' },
  recalled: { zh: '已重呼 {done}/{max} 次', en: '{done} of {max} recalls' },
} satisfies Record<string, Words>

export const rules: Record<Rule, Words> = {
  stage: { zh: '从上一环节回来，先办', en: 'Back from another stage, goes first' },
  appointment: { zh: '预约已到时段，先于现场号', en: 'Appointment is due, before walk-ins' },
  class: { zh: '{class}，按比例优先', en: '{class}, first by the stated mix' },
  ageing: { zh: '等候已超过上限，先办', en: 'Waited beyond the limit, goes first' },
  order: { zh: '按先后', en: 'By its place in line' },
  to_counter: { zh: '指名到本窗口', en: 'Sent to this counter' },
  chosen: { zh: '由工作人员选定', en: 'Chosen by staff' },
}
/** Of those that come by order: what more is true of them. */
export const ordered = {
  longest: { zh: '按取号先后，等得最久', en: 'First come, waited longest' },
  returned: { zh: '过号返回，按返回的位置', en: 'Came back after a no-show, at its new place' },
} satisfies Record<string, Words>
export const priority: Words = { zh: '优先', en: 'Priority' }

export const channels: Record<string, Words> = {
  kiosk: { zh: '自助机', en: 'kiosk' },
  counter: { zh: '窗口', en: 'counter' },
  phone: { zh: '手机', en: 'phone' },
  api: { zh: '系统', en: 'system' },
}
export const languages = { chinese: { zh: '中文', en: 'Chinese' }, english: { zh: '英文', en: 'English' } } satisfies Record<string, Words>

export const tabs = {
  waiting: { zh: '等候', en: 'Waiting' },
  parked: { zh: '挂起', en: 'Parked' },
  missed: { zh: '过号', en: 'Missed' },
  find: { zh: '叫指定号', en: 'Call a number' },
  none: { zh: '没有号码', en: 'None' },
  noneParked: { zh: '没有挂起的号码', en: 'Nothing is parked' },
  noneMissed: { zh: '没有过号', en: 'Nobody was missed' },
  until: { zh: '到 {time}', en: 'until {time}' },
  byHand: { zh: '由窗口取回', en: 'brought back by hand' },
  parkedAt: { zh: '{time} 挂起', en: 'parked {time}' },
  noReason: { zh: '没写原因', en: 'no reason given' },
  missedAt: { zh: '{time} 过号', en: 'missed {time}' },
  noReasons: { zh: '先后由主机决定，原因暂时读不到', en: 'The hub decides the order; the reasons cannot be read now' },
} satisfies Record<string, Words>

export const offline = {
  title: { zh: '与主机断开，正在重连（第 {tries} 次）', en: 'Not connected. Trying again ({tries})' },
  since: { zh: '从 {time} 起没有新消息。', en: 'Nothing new since {time}. ' },
  safe: { zh: '{number} 仍由您办理，不会丢失；恢复后自动核对，不会重复叫号。', en: '{number} stays with you; it is checked when the link is back, nothing is called twice.' },
  safeIdle: { zh: '恢复后自动核对，不会重复叫号。', en: 'All is checked when the link is back; nothing is called twice.' },
  now: { zh: '立即重试', en: 'Try now' },
  longAway: { zh: '超过 2 分钟未恢复，请告诉值班主管', en: 'Away for more than 2 minutes: tell the supervisor' },
  signedOut: { zh: '登录已失效，请重新登录', en: 'You are signed out; please sign in again' },
  signedOutLine: { zh: '窗口和号码都还在，登录后回到这里。', en: 'Counter and ticket stay; you come back here after signing in.' },
  signIn: { zh: '重新登录', en: 'Sign in' },
} satisfies Record<string, Words>
