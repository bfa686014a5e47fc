/** Every refusal and failure in words: what happened, and what to do. A page never shows a code. */
import type { Words } from '../index'

export const refusals: Record<string, Words> = {
  nobody_waiting: { zh: '没有人等候', en: 'Nobody is waiting' },
  counter_closed: { zh: '窗口还没有开放，请先开放窗口', en: 'The counter is closed; open it first' },
  counter_busy: { zh: '窗口正在处理一个号码，请先办完', en: 'The counter already has a ticket; finish it first' },
  counter_busy_with: { zh: '窗口正在处理 {number}，请先办完', en: 'The counter has {number}; finish it first' },
  wrong_state: { zh: '现在不能这样做，页面已更新为最新状态', en: 'That is not possible now; the page shows the latest state' },
  already_called: { zh: '这个号码已被别的窗口叫走', en: 'Another counter has called this number' },
  quota_reached: { zh: '今日号已取完，请改日再来或到咨询台', en: 'No numbers left today; please ask at the desk' },
  outside_hours: { zh: '现在不在取号时间', en: 'Numbers are not given at this time' },
  queue_frozen: { zh: '这项业务暂停取号和叫号，请咨询工作人员', en: 'This queue is on hold: no numbers, no calls; please ask the staff' },
  recall_limit: { zh: '重呼次数已用完，或间隔太短', en: 'No more recalls, or too soon after the last one' },
  too_late: { zh: '已经来不及撤销', en: 'Too late for that' },
  defer_limit: { zh: '往后推的次数已用完，请等候或取消', en: 'It cannot be put back again; please wait, or give it up' },
  nobody_behind: { zh: '后面没有人在等，位置不变；请等候或取消', en: 'Nobody waits behind, so nobody can go first; please wait, or give it up' },
  not_yours: { zh: '这个窗口由别人使用', en: 'Somebody else holds this counter' },
  hoarding: { zh: '您手上的号码已到上限，请先办完一个', en: 'You already hold as many numbers as allowed' },
  hall_full: { zh: '大厅等候已满，请稍后再来', en: 'The hall is full; please come back later' },
  day_closed: { zh: '今日办理已结束', en: 'The hall is closed for today' },
  stale: { zh: '情况刚刚有变化，请看最新状态再试', en: 'Something changed just now; look again and retry' },
  bad_login: { zh: '用户名或密码不对', en: 'Wrong name or password' },
  key_reused: { zh: '这次操作与上次不同，请再按一次', en: 'That differs from the last try; press again' },
  no_such: { zh: '没有找到', en: 'Not found' },
  too_large: { zh: '内容太大', en: 'Too large' },
  in_use: { zh: '还在使用，先处理完再删除', en: 'Still in use; settle that first' },
  exists: { zh: '已经有一个同名的', en: 'There is one of this name already' },
  login_taken: { zh: '这个用户名已有人用', en: 'This login is taken' },
  last_administrator: { zh: '至少要留一个管理员', en: 'One administrator must stay' },
  too_many_rows: { zh: '数量已到上限', en: 'There are too many already' },
  bad_input: { zh: '填写有误，请看标出的地方', en: 'Something is not right; see the marked places' },
}

/** Failures by status, for codes that stand in no list. */
export const failures: Record<number, Words> = {
  0: { zh: '联系不上服务器，请检查网络', en: 'The hub cannot be reached; check the network' },
  400: { zh: '请求有误', en: 'That request was not understood' },
  401: { zh: '登录已失效，请重新登录', en: 'You are signed out; please sign in again' },
  403: { zh: '没有权限这样做', en: 'You may not do that' },
  404: { zh: '没有找到', en: 'Not found' },
  409: { zh: '现在不能这样做', en: 'That is not possible now' },
  410: { zh: '已经归档', en: 'Already archived' },
  429: { zh: '操作太频繁，请稍后再试', en: 'Too many tries; wait a moment' },
  503: { zh: '服务器正忙，请再试一次', en: 'The hub is busy; try again' },
}

export const failed: Words = { zh: '没有成功，请再试一次', en: 'That did not work; try again' }
