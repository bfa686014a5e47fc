/** What was done, for the audit; and the fields of a name that was changed. */
import type { Words } from '../index'

export const deeds: Record<string, Words> = {
  'session.begun': { zh: '登录', en: 'Signed in' },
  'session.ended': { zh: '退出登录', en: 'Signed out' },
  'session.refused': { zh: '登录失败', en: 'Failed sign-in' },
  'session.timed_out': { zh: '久未操作，自动退出', en: 'Signed out after idling' },
  'password.changed': { zh: '改了自己的密码', en: 'Changed own password' },
  'password.given': { zh: '重设了密码', en: 'Reset a password' },
  'password.reset': { zh: '用第二验证重设密码', en: 'Reset by second proof' },
  'second_proof.made': { zh: '设置第二验证', en: 'Set up a second proof' },
  'second_proof.confirmed': { zh: '启用第二验证', en: 'Turned on the second proof' },
  'person.added': { zh: '添加人员', en: 'Added a person' },
  'person.changed': { zh: '修改人员', en: 'Changed a person' },
  'person.removed': { zh: '删除人员', en: 'Removed a person' },
  'token.made': { zh: '建立令牌', en: 'Made a token' },
  'token.revoked': { zh: '吊销令牌', en: 'Revoked a token' },
  'settings.changed': { zh: '修改系统设置', en: 'Changed settings' },
  'player.paired': { zh: '批准设备', en: 'Approved a device' },
  'player.changed': { zh: '修改设备', en: 'Changed a device' },
  'player.removed': { zh: '解除设备配对', en: 'Unpaired a device' },
  'player.refused': { zh: '拒绝设备', en: 'Refused a device' },
  'site.added': { zh: '添加站点', en: 'Added a site' },
  'site.changed': { zh: '修改站点', en: 'Changed a site' },
  'site.removed': { zh: '删除站点', en: 'Removed a site' },
  'hall.added': { zh: '添加大厅', en: 'Added a hall' },
  'hall.removed': { zh: '删除大厅', en: 'Removed a hall' },
  'hall.imported': { zh: '导入大厅', en: 'Imported a hall' },
  'setup.changed': { zh: '修改大厅设置', en: 'Changed a hall’s setup' },
  'alert.taken': { zh: '接手提醒', en: 'Took an alert' },
  'alert.handled': { zh: '处理提醒', en: 'Handled an alert' },
  'clip.added': { zh: '添加录音', en: 'Added a recording' },
  'clip.removed': { zh: '删除录音', en: 'Removed a recording' },
}

/** Moves in a hall's journal, by the kind of event. */
export const events: Record<string, Words> = {
  issued: { zh: '取号', en: 'Took a number' },
  checked_in: { zh: '签到', en: 'Checked in' },
  called: { zh: '叫号', en: 'Called' },
  recalled: { zh: '重呼', en: 'Recalled' },
  started: { zh: '开始办理', en: 'Started' },
  finished: { zh: '办结', en: 'Finished' },
  no_show: { zh: '过号', en: 'No-show' },
  parked: { zh: '挂起', en: 'Parked' },
  unparked: { zh: '取回', en: 'Brought back' },
  transferred: { zh: '转移', en: 'Transferred' },
  returned: { zh: '过号返回', en: 'Returned' },
  deferred: { zh: '再等等', en: 'More time' },
  cancelled: { zh: '取消', en: 'Cancelled' },
  reprioritised: { zh: '改优先级', en: 'Changed priority' },
  undone: { zh: '撤销', en: 'Undone' },
  unserved: { zh: '记为未办', en: 'Not served' },
  counter: { zh: '开放、暂停或关闭窗口', en: 'Opened, paused or closed a counter' },
  queue: { zh: '暂停或恢复取号', en: 'Stopped or started a queue' },
  mode: { zh: '改叫号方式', en: 'Changed who calls' },
  day: { zh: '开始或结束今日办理', en: 'Opened or closed the day' },
  announced: { zh: '发布通知', en: 'Announced' },
  withdrawn: { zh: '撤下通知', en: 'Withdrew an announcement' },
}

/** What a move of a counter, a queue or a day was exactly. */
export const changes: Record<string, Words> = {
  opened: { zh: '开放窗口', en: 'Opened a counter' },
  paused: { zh: '暂停窗口', en: 'Paused a counter' },
  resumed: { zh: '恢复窗口', en: 'Resumed a counter' },
  closed: { zh: '关闭窗口', en: 'Closed a counter' },
  wrapped_up: { zh: '整理时间结束', en: 'Wrap-up ended' },
  frozen: { zh: '暂停取号', en: 'Stopped a queue' },
  thawed: { zh: '恢复取号', en: 'Started a queue again' },
  mode_taken_back: { zh: '叫号方式改回按设置', en: 'Took back who calls' },
  day_opened: { zh: '开始今日办理', en: 'Opened the day' },
  day_closed: { zh: '结束今日办理', en: 'Closed the day' },
}

/** What was done to a part of a setup. */
export const parts: Record<string, Words> = {
  added: { zh: '添加大厅设置', en: 'Added to a hall’s setup' },
  changed: { zh: '修改大厅设置', en: 'Changed a hall’s setup' },
  removed: { zh: '删除大厅设置', en: 'Removed from a hall’s setup' },
}

/** Parts of a setup. */
export const kinds: Record<string, Words> = {
  zones: { zh: '区域', en: 'Zone' },
  departments: { zh: '部门', en: 'Department' },
  classes: { zh: '优先级', en: 'Class' },
  queues: { zh: '队列', en: 'Queue' },
  counters: { zh: '窗口', en: 'Counter' },
  speakers: { zh: '扬声器', en: 'Speaker' },
}
