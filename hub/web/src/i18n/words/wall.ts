/** The supervisor's wall. */
import type { Look, Light } from '../../components/wall/lights'
import type { AlertKind } from '../../wire/office'
import type { Face } from '../../wire/types'
import type { Words } from '../index'

export const wall = {
  title: { zh: '值班总览', en: 'Wall' },
  waiting: { zh: '等候', en: 'waiting' },
  serving: { zh: '办理中', en: 'serving' },
  issued: { zh: '今日取号', en: 'issued' },
  served: { zh: '办结', en: 'served' },
  unserved: { zh: '未办', en: 'not served' },
  error: { zh: '等待预估误差', en: 'est. error' },
  plusMinus: { zh: '±{minutes} 分', en: '±{minutes} min' },
  noHall: { zh: '您还没有任何大厅的值班权限，请联系管理员。', en: 'You may not supervise any hall yet; ask an administrator.' },
  ownPage: { zh: '打开我的页面', en: 'Open my page' },
  other: { zh: '换人登录', en: 'Sign in as somebody else' },
  unreachable: { zh: '联系不上服务器，正在重试', en: 'The hub cannot be reached; trying again' },
  chooseHall: { zh: '换一个大厅', en: 'Another hall' },
  hallLine: { zh: '等候 {waiting} · 办理 {serving} · 最久 {longest}', en: '{waiting} waiting · {serving} served · longest {longest}' },
  closed: { zh: '今日已结束', en: 'Closed for today' },
  notOpened: { zh: '今日还没有开放', en: 'Not opened today' },
  actions: { zh: '大厅操作', en: 'Hall actions' },
  source: { zh: '{what}暂时读不到', en: '{what} cannot be read now' },
} satisfies Record<string, Words>

export const alerts = {
  title: { zh: '要处理', en: 'To do' },
  count: { zh: '{count} 件', en: '{count}' },
  none: { zh: '没有要处理的事', en: 'Nothing to do' },
  ago: { zh: '{time}前', en: '{time} ago' },
  justNow: { zh: '刚刚', en: 'just now' },
  take: { zh: '我去处理', en: 'I take it' },
  mine: { zh: '我在处理', en: 'I am on it' },
  taken: { zh: '{name}在处理', en: '{name} is on it' },
  somebody: { zh: '同事', en: 'A colleague' },
  handle: { zh: '已处理', en: 'Done' },
  note: { zh: '怎么处理的（可不写）', en: 'What was done (optional)' },
  handled: { zh: '今天已处理 {count} 件，平均 {time}', en: '{count} done today, {time} on average' },
  failed: { zh: '没有成功，请再试一次', en: 'That did not work; try again' },
  test: { zh: '试播一声', en: 'Play a test' },
  tested: { zh: '已请它播放，请听。响了，这一条会自己消失', en: 'It was asked to play: listen. Once it sounds, this goes by itself' },
} satisfies Record<string, Words>

export const alertTitles: Record<AlertKind, Words> = {
  printer: { zh: '{what}打印机有问题', en: 'Printer trouble: {what}' },
  idle_counter: { zh: '{what}空闲，有人等候', en: '{what} is idle, people are waiting' },
  clock_skew: { zh: '主机时钟不一致', en: 'The clocks of the hub differ' },
  speaker: { zh: '扬声器{what}不出声', en: 'Speaker {what} is not heard' },
  voice: { zh: '{what}语音合成不了', en: 'No voice: {what}' },
}
export const speakerNamed: Words = { zh: '{what}不出声', en: '{what} is not heard' }
export const alertLines: Record<AlertKind, Words> = {
  printer: { zh: '号码照常有效，访客可扫码或看屏幕', en: 'Tickets stay valid; visitors use the code or the screen' },
  idle_counter: { zh: '请提醒窗口叫号，或关闭窗口', en: 'Ask the counter to call, or close it' },
  clock_skew: { zh: '请联系技术人员校时', en: 'Ask your technician to set the time' },
  speaker: { zh: '那里听不到叫号，只能看屏幕。请检查扬声器和它的设备', en: 'Calls there are shown but not heard. Look at the speaker and its device' },
  voice: { zh: '叫号照常显示，先用备用语音或提示音。请联系技术人员', en: 'Calls are still shown, with another voice or the chime alone. Ask your technician' },
}
/** By what its player says, or that it is away. */
export const speakerTroubles: Record<string, Words> = {
  gone: { zh: '找不到它的声音设备，那里听不到叫号，只能看屏幕。请检查接线和电源', en: 'Its sound device is missing: calls there are shown but not heard. Look at plug and power' },
  silent: { zh: '声音放不出来，那里听不到叫号，只能看屏幕。请试播一声，还不响就重启它的设备', en: 'It fails to play: calls there are shown but not heard. Play a test; if it stays quiet, restart its device' },
  untouched: { zh: '这块屏幕重新打开后没有人点过，那里听不到叫号，只能看屏幕。请去点一下屏幕', en: 'Nobody has touched that screen since it was opened: calls there are shown but not heard. Touch it once' },
  offline: { zh: '它的设备没有连接，那里听不到叫号，只能看屏幕。请检查设备的电源和网络', en: 'Its device is away: calls there are not heard, only shown on screens. Look at its power and network' },
}
export const voiceNames: Record<string, Words> = { zh: { zh: '中文', en: 'Chinese' }, en: { zh: '英文', en: 'English' } }
export const idleWith: Words = { zh: '有 {count} 人等候。请提醒窗口叫号，或关闭窗口', en: '{count} people wait. Ask the counter to call, or close it' }
export const printerTroubles: Record<string, Words> = {
  paper_out: { zh: '{what}缺纸', en: '{what}: no paper' },
  cover_open: { zh: '{what}打印机盖没关', en: '{what}: cover is open' },
  offline: { zh: '{what}打印机不在线', en: '{what}: printer is offline' },
  fault: { zh: '{what}打印机故障', en: '{what}: printer fault' },
  unreachable: { zh: '{what}打印机连不上', en: '{what}: printer cannot be reached' },
  silent: { zh: '{what}打印机没有回应', en: '{what}: printer does not answer' },
  stalled: { zh: '{what}打印机停住了', en: '{what}: printer has stalled' },
}

export const counters = {
  title: { zh: '窗口', en: 'Counters' },
  sum: { zh: '{all} 个 · 办理 {serving} · 呼叫 {calling} · 空闲 {open} · 暂停 {paused} · 未开 {closed}', en: '{all} · serving {serving} · calling {calling} · idle {open} · paused {paused} · closed {closed}' },
  all: { zh: '{all} 个', en: '{all}' },
  none: { zh: '还没有窗口', en: 'No counters yet' },
} satisfies Record<string, Words>

export const looks: Record<Look, Words> = {
  serve: { zh: '办理中', en: 'Serving' },
  call: { zh: '呼叫中', en: 'Calling' },
  idle: { zh: '空闲', en: 'Idle' },
  'idle-late': { zh: '空闲太久', en: 'Idle long' },
  pause: { zh: '暂停', en: 'Paused' },
  late: { zh: '离岗', en: 'Away' },
  off: { zh: '未开', en: 'Closed' },
}

export const queues = {
  title: { zh: '队列', en: 'Queues' },
  mark: { zh: '白线 = 上限', en: 'White line = limit' },
  markAt: { zh: '白线 = {limit}上限', en: 'White line = limit {limit}' },
  longest: { zh: '最久 {longest} · 开 {open} 窗', en: 'longest {longest} · {open} open' },
  over: { zh: '超时 {time}', en: '{time} over' },
  frozen: { zh: '已暂停取号', en: 'On hold' },
  unserved: { zh: '有人等，没有开窗', en: 'People wait, no counter' },
} satisfies Record<string, Words>

export const lights: Record<Light, Words> = {
  ok: { zh: '正常', en: 'Normal' },
  near: { zh: '接近', en: 'Near the limit' },
  late: { zh: '超时', en: 'Late' },
  off: { zh: '未开窗', en: 'No counter' },
}

export const hours = {
  title: { zh: '今日每小时', en: 'Today by hour' },
  issued: { zh: '取号', en: 'issued' },
  served: { zh: '办结', en: 'served' },
  lastWeek: { zh: '上{weekday}', en: 'last {weekday}' },
  lastWeekPlain: { zh: '上周同日', en: 'a week ago' },
  hour: { zh: '{hour} 时', en: '{hour}' },
  none: { zh: '今天还没有取号', en: 'No tickets yet today' },
} satisfies Record<string, Words>

export const devices = {
  title: { zh: '设备', en: 'Devices' },
  count: { zh: '{count} 台', en: '{count}' },
  countAway: { zh: '{count} 台 · {away} 台未连接', en: '{count} · {away} away' },
  away: { zh: '{name} {time} 起未连接', en: '{name} away since {time}' },
  never: { zh: '{name} 还没有连接过', en: '{name} was never connected' },
  none: { zh: '还没有配对的设备', en: 'No paired devices' },
  fine: { zh: '全部在线', en: 'All online' },
  more: { zh: '另有 {count} 台未连接', en: '{count} more are away' },
} satisfies Record<string, Words>

export const faces: Record<Face, Words> = {
  screen: { zh: '大厅屏', en: 'Screens' },
  strip: { zh: '窗口屏', en: 'Strips' },
  kiosk: { zh: '取号机', en: 'Kiosks' },
  rating: { zh: '评价器', en: 'Rating pads' },
  counter: { zh: '叫号器', en: 'Call pads' },
  wall: { zh: '总览屏', en: 'Walls' },
  ticket: { zh: '号单', en: 'Tickets' },
  player: { zh: '播音盒', en: 'Speaker boxes' },
}

export const act = {
  counter: { zh: '{counter}', en: '{counter}' },
  finish: { zh: '代办结 {number}', en: 'Finish {number}' },
  finishLine: { zh: '{number} 记为已办结，窗口变为空闲', en: '{number} counts as served; the counter becomes idle' },
  noShow: { zh: '代按过号 {number}', en: 'Mark {number} missed' },
  noShowLine: { zh: '屏幕会列出 {number} 过号，访客可按规则返回', en: 'Screens list {number} as missed; the visitor may return' },
  back: { zh: '{number} 退回队列最前', en: 'Put {number} first in its queue' },
  backLine: { zh: '{number} 由下一个空闲窗口办理', en: 'The next free counter gets {number}' },
  close: { zh: '关闭窗口', en: 'Close the counter' },
  closeLine: { zh: '条屏显示“已下班”，不再叫号到这里', en: 'Its strip says so; nobody is called there any more' },
  closeBusy: { zh: '先处理 {number}，才能关闭窗口', en: 'Settle {number} first, then close' },
  open: { zh: '开放窗口', en: 'Open the counter' },
  openLine: { zh: '办理人：{who}', en: 'Served by: {who}' },
  of: { zh: '{what}：{deed}', en: '{what}: {deed}' },
  openFor: { zh: '由谁办理', en: 'Who serves' },
  me: { zh: '我', en: 'Myself' },
  isAt: { zh: '{name}（在 {counter}）', en: '{name} (at {counter})' },
  staffUnread: { zh: '暂时读不到人员名单', en: 'The list of people cannot be read now' },
  waitsFor: { zh: '等 {counter}', en: 'for {counter}' },
  pause: { zh: '暂停窗口', en: 'Pause the counter' },
  pauseLine: { zh: '条屏显示“暂停服务”', en: 'Its strip says so' },
  resume: { zh: '恢复窗口', en: 'Resume the counter' },
  resumeLine: { zh: '窗口又可以叫号', en: 'It may call again' },
  freeze: { zh: '暂停取号', en: 'Stop giving tickets' },
  freezeLine: { zh: '不再取号和叫号，已等候的 {count} 人保留先后', en: 'No tickets and no calls; the {count} who wait keep their place' },
  thaw: { zh: '恢复取号', en: 'Give tickets again' },
  thawLine: { zh: '等候的 {count} 人继续按原来的先后叫号', en: 'The {count} who wait are called in their order' },
  mode: { zh: '叫号方式', en: 'Who calls' },
  modeAsHall: { zh: '现在随大厅：{mode}', en: 'Now as the hall: {mode}' },
  modeAsQueues: { zh: '现在随队列和大厅（大厅：{mode}）', en: 'Now as its queues and the hall (hall: {mode})' },
  modeAsSetup: { zh: '现在按设置：{mode}', en: 'Now as set up: {mode}' },
  followHall: { zh: '随大厅', en: 'Follow the hall' },
  followQueues: { zh: '随队列和大厅', en: 'Follow queue and hall' },
  followLine: { zh: '取消今天在这里选的叫号方式，立即生效，正在办理的号码不变', en: 'Takes back what was chosen here today, at once; tickets being served stay as they are' },
  modeLine: { zh: '立即生效，正在办理的号码不变', en: 'At once; tickets being served stay as they are' },
  openDay: { zh: '开始今日办理', en: 'Open the day' },
  openDayLine: { zh: '取号机开始取号', en: 'Kiosks give tickets' },
  closeDay: { zh: '结束今日办理', en: 'Close the day' },
  closeDayLine: { zh: '不再取号。等候的 {count} 人、挂起的 {parked} 人按各队列的规定记为未办或转到明日；正在呼叫和办理的 {busy} 人照常办完', en: 'No more tickets. The {count} who wait and the {parked} put aside are closed or carried over, as each queue says; the {busy} being called or served are finished as usual' },
  announceWhole: { zh: '整个大厅', en: 'The whole hall' },
  running: { zh: '正在显示的通知', en: 'Announcements shown now' },
  runningNone: { zh: '现在没有通知', en: 'None now' },
  left: { zh: '还有 {time}', en: '{time} left' },
  recorded: { zh: '录音通知', en: 'A recorded announcement' },
  withdraw: { zh: '撤下', en: 'Withdraw' },
  withdrawTitle: { zh: '撤下通知', en: 'Withdraw the announcement' },
  withdrawLine: { zh: '马上从所有屏幕上消失：', en: 'It leaves all screens at once:' },
  withdrawn: { zh: '已撤下', en: 'Withdrawn' },
  withdrawnBefore: { zh: '这条通知已经不在显示', en: 'This announcement is not shown any more' },
  done: { zh: '已完成', en: 'Done' },
  minutes: { zh: '{minutes} 分钟', en: '{minutes} min' },
  longest: { zh: '等得最久的', en: 'Who waits longest' },
  staff: { zh: '工号 {no}', en: 'No. {no}' },
  notLive: { zh: '未连接，暂时不能操作', en: 'Not live; nothing can be done now' },
} satisfies Record<string, Words>

export const send = {
  title: { zh: '送到指定窗口', en: 'Send to a counter' },
  ticket: { zh: '哪个号码', en: 'Ticket' },
  counter: { zh: '到哪个窗口', en: 'To counter' },
  choose: { zh: '请选择', en: 'Choose' },
  chooseFirst: { zh: '先选号码和窗口', en: 'Choose the ticket and the counter first' },
  do: { zh: '送到窗口', en: 'Send it' },
  ask: { zh: '把 {number} 送到 {counter}', en: 'Send {number} to {counter}' },
  first: { zh: '排在最前，下一个就叫', en: 'In front of all others, to be called next' },
  line: { zh: '{number} 按取号时间在 {counter}排队，由那里叫号', en: '{number} keeps its arrival and waits for {counter}, which calls it' },
  lineFirst: { zh: '{number} 在 {counter}排在最前，由那里叫号', en: '{number} stands first at {counter}, which calls it' },
  done: { zh: '{number} 已送到 {counter}', en: '{number} was sent to {counter}' },
  noCounter: { zh: '没有其他开着的窗口', en: 'No other counter is open' },
} satisfies Record<string, Words>

export const modes: Record<'manual' | 'automatic' | 'mixed', Words> = {
  manual: { zh: '人工叫号', en: 'By hand' },
  automatic: { zh: '自动分配', en: 'Automatic' },
  mixed: { zh: '混合', en: 'Mixed' },
}
