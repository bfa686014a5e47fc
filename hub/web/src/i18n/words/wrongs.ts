/** What is wrong with a field, by the hub's codes: each is said here, so that no page falls back on the hub's English. */
import type { components } from '../../wire/api'
import type { Words } from '../index'

export type Wrong = components['schemas']['Wrong']

export const wrongs: Record<Wrong, Words> = {
  other: { zh: '这一项填写有误', en: 'This is not right' },
  missing: { zh: '请填写', en: 'Please fill this in' },
  unknown_field: { zh: '服务器不认识这一项，请刷新页面', en: 'The hub does not know this; reload the page' },
  unreadable: { zh: '格式不对，请重新填写', en: 'It cannot be read; please write it anew' },
  range: { zh: '请填写 {min} 到 {max} 之间的数', en: 'A number from {min} to {max}' },
  above_zero: { zh: '请填写大于 0、不超过 {max} 的数', en: 'A number above 0, at most {max}' },
  length: { zh: '请写 {min} 到 {max} 个字，不换行', en: 'From {min} to {max} characters, on one line' },
  at_most: { zh: '最多 {max} 项', en: 'At most {max}' },
  one_needed: { zh: '至少选一项', en: 'Choose at least one' },
  id_signs: { zh: '用 1 到 {max} 个字母、数字或 - _ .，不用 . 开头', en: 'Up to {max} letters, digits, - _ . and no dot in front' },
  twice: { zh: '重复了', en: 'It is there twice' },
  no_such: { zh: '选的内容已不存在，请重新选', en: 'What was chosen is no longer there; choose again' },
  fixed: { zh: '这一项不能改', en: 'This cannot be changed' },
  prefix_letters: { zh: '最多 {max} 个大写字母，不用 I 和 O', en: 'At most {max} capital letters, not I or O' },
  prefix_taken: { zh: '别的队列已用这个前缀', en: 'Another queue has this prefix' },
  label_taken: { zh: '别的窗口已用这个窗口号', en: 'Another counter has this label' },
  staff_no_taken: { zh: '别人已用这个工号', en: 'Somebody else has this staff number' },
  above_quota: { zh: '不能大于每日上限', en: 'Not more than the quota' },
  weekdays: { zh: '至少选一天', en: 'Choose at least one day' },
  ends_first: { zh: '结束要晚于开始', en: 'The end must be after the beginning' },
  overlaps: { zh: '与同一天的另一个时段重叠', en: 'It overlaps another period of the same day' },
  no_tickets: { zh: '停止取号要晚于开始取号', en: 'Tickets must end after they begin' },
  after_hours: { zh: '停止取号不能晚于办理结束', en: 'Tickets cannot end after the service does' },
  time_zone: { zh: '没有这个时区，请写成 Asia/Shanghai', en: 'No such time zone; write it like Asia/Shanghai' },
  own_parent: { zh: '上级不能是自己或自己的下级', en: 'A site cannot belong to itself or to a site below it' },
  newer_file: { zh: '文件来自更新的版本，请先升级服务器', en: 'The file is from a newer hub; update this one first' },
  counter_needed: { zh: '条屏要选窗口', en: 'A strip needs a counter' },
  pixels: { zh: '请写成 1920x1080', en: 'Write it like 1920x1080' },
  address: { zh: '请写地址和端口，如 tcp://192.168.1.20:9100', en: 'An address and a port, like tcp://192.168.1.20:9100' },
  login_signs: { zh: '用 1 到 {max} 个小写字母、数字或 . - _ @', en: 'Up to {max} of a-z, digits, . - _ @' },
  password_short: { zh: '至少 {min} 个字符', en: 'At least {min} characters' },
  password_long: { zh: '太长了，最多 {max} 个字母', en: 'Too long: at most {max} letters' },
  password_login: { zh: '不能包含用户名', en: 'It must not contain the login' },
  password_plain: { zh: '至少用 {min} 个不同的字符', en: 'At least {min} different characters' },
  password_digits: { zh: '不能全是数字', en: 'Not only digits' },
  password_old: { zh: '不能和原来的密码一样', en: 'It must not be the old one' },
  password_wrong: { zh: '密码不对', en: 'This is not your password' },
  code_wrong: { zh: '验证码不对或已用过', en: 'Not the code shown now, or used before' },
  not_wanted: { zh: '这里不用填写', en: 'Not needed here; leave it empty' },
  one_of: { zh: '只能选其中一项', en: 'Choose exactly one of them' },
  time_passed: { zh: '这个时间已经过去', en: 'That time has passed' },
  hours_ahead: { zh: '最多提前 {max} 小时', en: 'At most {max} hours ahead' },
  staff_only: { zh: '只能由工作人员给出', en: 'Given by staff only' },
  route_start: { zh: '第一步要是所选的业务', en: 'The first step must be the chosen queue' },
  other_number: { zh: '和别的队列的号码一样，请换一种写法', en: 'It reads like a number of another queue; write it otherwise' },
  sentence: { zh: '这句话无法播报：请检查大括号、方括号和可填项', en: 'This cannot be said: check braces, brackets and places to fill' },
  pinyin: { zh: '每个字需要一个带声调的拼音，例如 chong2 qing4', en: 'One syllable with its tone for each sign, such as chong2 qing4' },
}

/** A text that may also be empty. */
export const lengthMost: Words = { zh: '最多 {max} 个字，不换行', en: 'At most {max} characters, on one line' }

/** What the hub says is wrong with a sentence that is to be said, by its own words; `{at}` is the sign, counted from 1, `{word}` what stands there. */
export const sentenceFaults: readonly { fault: RegExp; words: Words }[] = [
  { fault: /^there is no (\{.*?\})/, words: { zh: '第 {at} 个字：没有“{word}”，能填的只有 {marks}', en: 'Character {at}: there is no “{word}”; use {marks}' } },
  { fault: /^this `(.)` has no partner/, words: { zh: '第 {at} 个字：“{word}”没有成对', en: 'Character {at}: “{word}” has no partner' } },
  { fault: /^(nobody is called)/, words: { zh: '没有叫谁：要有 {marks} 中的号码或姓名', en: 'Nobody is called: it needs the ticket or the name of {marks}' } },
  { fault: /^(a backslash) /, words: { zh: '第 {at} 个字：这个反斜杠后面不是括号', en: 'Character {at}: this backslash stands before no bracket' } },
  { fault: /^(a pause) /, words: { zh: '第 {at} 个字：停顿的毫秒数不对', en: 'Character {at}: this is no pause; milliseconds are needed' } },
  { fault: /^(a rate) /, words: { zh: '第 {at} 个字：快慢的百分数不对', en: 'Character {at}: this is no rate in percent' } },
  { fault: /^(after the \|)/, words: { zh: '第 {at} 个字：竖线后面没有要说的字', en: 'Character {at}: nothing to say stands after the |' } },
  { fault: /^(pinyin) /, words: { zh: '第 {at} 个字：每个字要一个带声调的拼音', en: 'Character {at}: pinyin is one syllable with its tone for each sign' } },
  { fault: /^(a respelling) /, words: { zh: '第 {at} 个字：英文读法只用字母和连字符', en: 'Character {at}: a respelling has letters and hyphens only' } },
  { fault: /^(\{.*?\}) is not for templates of this language/, words: { zh: '第 {at} 个字：“{word}”不能用在这种语言里', en: 'Character {at}: “{word}” is not for this language' } },
]
export const MARKS = '{ticket} {place} {name} {floor} {direction} {again}'
