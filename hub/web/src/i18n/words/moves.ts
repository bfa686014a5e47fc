/** The drawers of the counter page, the choice of a counter, and the keyboard. */
import type { Action } from '../../components/counter/shortcuts'
import type { Words } from '../index'

export const pick = {
  title: { zh: '在哪个窗口办理', en: 'Which counter today' },
  hall: { zh: '大厅', en: 'Hall' },
  noHall: { zh: '您还没有任何大厅的窗口权限，请联系管理员', en: 'You may not work at any counter yet; ask an administrator' },
  noCounter: { zh: '这个大厅还没有窗口，请管理员先设置', en: 'This hall has no counters yet; an administrator adds them' },
  free: { zh: '空着', en: 'Free' },
  mine: { zh: '我在这里', en: 'Mine' },
  heldBy: { zh: '工号 {no} 在用', en: 'In use by no. {no}' },
  heldByProgram: { zh: '由叫号器使用', en: 'In use by a call pad' },
  open: { zh: '开放 {counter}', en: 'Open {counter}' },
  back: { zh: '回到 {counter}', en: 'Back to {counter}' },
  choose: { zh: '先选一个窗口', en: 'Choose a counter first' },
  heldElsewhere: { zh: '您已经在 {counter}，要换窗口请先离开那里', en: 'You hold {counter}; leave it before taking another' },
  unreachable: { zh: '大厅暂时读不到', en: 'The halls cannot be read now' },
  noQueues: { zh: '没有队列', en: 'No queues' },
} satisfies Record<string, Words>

export const park = {
  title: { zh: '挂起 {number}', en: 'Park {number}' },
  reason: { zh: '原因', en: 'Reason' },
  noReason: { zh: '不写原因', en: 'No reason' },
  until: { zh: '什么时候回来', en: 'Comes back' },
  whenCalled: { zh: '由我取回', en: 'When I bring it back' },
  inMinutes: { zh: '{minutes} 分钟后', en: 'In {minutes} min' },
  line: { zh: '挂起的号不占窗口，保留原来的先后', en: 'A parked ticket frees the counter and keeps its place' },
  do: { zh: '挂起', en: 'Park' },
} satisfies Record<string, Words>

export const transfer = {
  title: { zh: '转移 {number}', en: 'Transfer {number}' },
  to: { zh: '转到', en: 'To' },
  queue: { zh: '队列', en: 'A queue' },
  counter: { zh: '窗口', en: 'A counter' },
  chooseQueue: { zh: '选择队列', en: 'Choose a queue' },
  chooseCounter: { zh: '选择窗口', en: 'Choose a counter' },
  place: { zh: '排在', en: 'Place' },
  keep: { zh: '按原取号时间', en: 'By arrival' },
  head: { zh: '最前', en: 'First' },
  tail: { zh: '最后', en: 'Last' },
  then: { zh: '办完后回到我这个队列，优先办理', en: 'Comes back to my queue afterwards, with priority' },
  note: { zh: '给下一个窗口的留言', en: 'A note for the next counter' },
  do: { zh: '转移', en: 'Transfer' },
  chooseFirst: { zh: '先选转到哪里', en: 'Choose where to first' },
} satisfies Record<string, Words>

export const pause = {
  title: { zh: '暂停窗口', en: 'Pause this counter' },
  line: { zh: '选原因就立即暂停，条屏会告诉访客', en: 'Choosing a reason pauses at once; the strip tells visitors' },
  withTicket: { zh: '先把 {number} 办完，再暂停', en: 'Finish {number} first, then pause' },
} satisfies Record<string, Words>

export const find = {
  title: { zh: '叫指定号', en: 'Call a number' },
  scanTitle: { zh: '扫号单', en: 'Scan a slip' },
  number: { zh: '号码', en: 'Number' },
  scan: { zh: '扫描号单上的二维码，或输入号码', en: 'Scan the code on the slip, or type the number' },
  typeIt: { zh: '输入号码，如 A037', en: 'Type a number, like A037' },
  nothing: { zh: '没有 {number}，或已经办结', en: '{number} is not here, or is done already' },
  several: { zh: '有 {count} 个号码符合', en: '{count} numbers match' },
} satisfies Record<string, Words>

export const ticket = {
  call: { zh: '叫这个号', en: 'Call this one' },
  unpark: { zh: '取回并呼叫', en: 'Bring back and call' },
  unparkLine: { zh: '会在本窗口再次呼叫', en: 'It is called to this counter again' },
  backInLine: { zh: '放回等候', en: 'Back in line' },
  backBusy: { zh: '窗口正在处理 {number}：先回到等候，保留原来的先后，办完后可以叫', en: 'The counter has {number}: it waits at its old place; finish, then call it' },
  backLine: { zh: '窗口现在不叫号：先回到等候，保留原来的先后', en: 'This counter calls nobody now: it waits at its old place' },
  return: { zh: '恢复排队', en: 'Back in line' },
  checkIn: { zh: '签到', en: 'Check in' },
  cancel: { zh: '取消号码', en: 'Cancel the ticket' },
  cancelAsk: { zh: '取消 {number}？', en: 'Cancel {number}?' },
  cancelLine: { zh: '取消后不能恢复，访客需要重新取号', en: 'It cannot be taken back; the visitor needs a new number' },
  keep: { zh: '保留', en: 'Keep it' },
  priority: { zh: '优先级', en: 'Priority' },
  ordinary: { zh: '普通', en: 'Ordinary' },
  changePriority: { zh: '改优先级', en: 'Change priority' },
  transfer: { zh: '转移', en: 'Transfer' },
  reasonNeeded: { zh: '改优先级要选原因', en: 'A change of priority needs a reason' },
  noReasons: { zh: '大厅还没有原因列表，请管理员添加', en: 'The hall has no list of reasons; an administrator adds one' },
  busyFirst: { zh: '窗口正在处理 {number}，办完后可以叫', en: 'The counter has {number}; finish it, then call' },
  atCounter: { zh: '在 {counter}', en: 'At {counter}' },
  takenBy: { zh: '{number} 刚被 {counter}叫走', en: '{number} was just called by {counter}' },
} satisfies Record<string, Words>

export const note = {
  title: { zh: '给 {number} 留言', en: 'Note on {number}' },
  label: { zh: '留言', en: 'Note' },
  line: { zh: '随下一步操作一起保存，只有工作人员能看到；不写姓名和证件号', en: 'Saved with your next step, seen by staff only; no names or identity numbers' },
  keep: { zh: '好，随下一步保存', en: 'Keep for the next step' },
  clear: { zh: '清除', en: 'Clear' },
  kept: { zh: '留言待保存', en: 'Note to be saved' },
  left: { zh: '还能写 {count} 字', en: '{count} characters left' },
} satisfies Record<string, Words>

export const why = {
  title: { zh: '为什么是这个顺序', en: 'Why this order' },
  line: { zh: '规则从上到下依次判断：环节优先、预约到时段、优先级按比例、等候上限、取号先后', en: 'The rules, in this order: stage, due appointment, class by mix, waiting limit, arrival' },
} satisfies Record<string, Words>

export const leave = {
  title: { zh: '离开 {counter}', en: 'Leave {counter}' },
  line: { zh: '窗口会关闭，条屏显示“已下班”', en: 'The counter closes and its strip says so' },
  serving: { zh: '{number} 还在您这里', en: '{number} is still with you' },
  servingLine: { zh: '请先办完、挂起或转移。也可以保留窗口只退出登录，再登录时 {number} 还在。', en: 'Finish, park or transfer it first. Or keep the counter and only sign out: {number} is still here when you are back.' },
  close: { zh: '关闭窗口', en: 'Close the counter' },
  closeAndOut: { zh: '关闭窗口并退出登录', en: 'Close and sign out' },
  keepAndOut: { zh: '保留窗口，退出登录', en: 'Keep the counter, sign out' },
  stay: { zh: '留下', en: 'Stay' },
  summary: { zh: '今天办结 {served} 位，过号 {missed} 位，平均 {mean}', en: 'Served {served}, missed {missed}, {mean} each' },
} satisfies Record<string, Words>

export const idle = {
  title: { zh: '还在吗', en: 'Are you there' },
  line: { zh: '{seconds} 秒后自动退出登录。窗口和号码会保留。', en: 'Signing out in {seconds} s. Counter and ticket are kept.' },
  here: { zh: '我在', en: 'I am here' },
} satisfies Record<string, Words>

export const keys = {
  title: { zh: '键盘', en: 'Keyboard' },
  all: { zh: '使用快捷键', en: 'Use shortcut keys' },
  line: { zh: '只在这个浏览器里为您保存。输入文字时快捷键不起作用。', en: 'Kept for you in this browser. Off while you type.' },
  change: { zh: '改「{action}」的键', en: 'Change the key of “{action}”' },
  press: { zh: '请按新的键，Esc 不改', en: 'Press the new key; Esc keeps the old one' },
  none: { zh: '没有键', en: 'No key' },
  remove: { zh: '不用键', en: 'No key' },
  defaults: { zh: '恢复原来的键', en: 'Restore the defaults' },
  open: { zh: '键盘与快捷键', en: 'Keyboard and shortcuts' },
  actions: {
    primary: { zh: '大键：叫下一位、开始、办结', en: 'The big key: call next, start, finish' },
    recall: { zh: '重呼', en: 'Recall' },
    no_show: { zh: '过号', en: 'No-show' },
    park: { zh: '挂起', en: 'Park' },
    transfer: { zh: '转移', en: 'Transfer' },
    next: { zh: '下一环节', en: 'Next stage' },
    find: { zh: '叫指定号', en: 'Call a chosen number' },
    scan: { zh: '扫号单', en: 'Scan a slip' },
    note: { zh: '留言', en: 'Note' },
    more: { zh: '更多：优先级、取消', en: 'More: priority, cancel' },
    pause: { zh: '暂停、恢复', en: 'Pause, resume' },
    undo: { zh: '撤销', en: 'Undo' },
    why: { zh: '为什么是这个顺序', en: 'Why this order' },
    help: { zh: '这张表', en: 'This table' },
    close: { zh: '关闭抽屉', en: 'Close the drawer' },
  } satisfies Record<Action, Words>,
}
