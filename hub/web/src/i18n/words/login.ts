/** Signing in, and getting in again. */
import type { Words } from '../index'

export const waiting = {
  asking: { zh: '正在联系主机', en: 'Asking the hub' },
  failed: { zh: '联系不上主机，请检查网络后再试', en: 'The hub cannot be reached; check the network and try again' },
} satisfies Record<string, Words>

/** Why somebody stands at the login page who did not sign out. */
const whys = {
  idle: { zh: '很久没有操作，已自动退出，请重新登录', en: 'Signed out, as nothing was done for a long time; please sign in again' },
  ended: { zh: '登录已失效，请重新登录', en: 'Your session has ended; please sign in again' },
} satisfies Record<string, Words>
export type WhySignedOut = keyof typeof whys

export const login = {
  whys,
  title: { zh: '登录', en: 'Sign in' },
  line: { zh: '工作人员入口', en: 'For staff' },
  name: { zh: '用户名', en: 'Name' },
  password: { zh: '密码', en: 'Password' },
  show: { zh: '显示密码', en: 'Show the password' },
  hide: { zh: '隐藏密码', en: 'Hide the password' },
  code: { zh: '动态验证码', en: 'Code' },
  codeHint: { zh: '设置过第二验证的人填写，6 位数字或一个恢复码', en: 'For those with a second proof: 6 digits, or a recovery code' },
  haveCode: { zh: '我有动态验证码', en: 'I have a code' },
  noCode: { zh: '不用验证码', en: 'Without a code' },
  do: { zh: '登录', en: 'Sign in' },
  forgotten: { zh: '忘记密码', en: 'Forgotten password' },
  needName: { zh: '请填写用户名', en: 'Please give your name' },
  needPassword: { zh: '请填写密码', en: 'Please give your password' },
  needCode: { zh: '请填写验证码', en: 'Please give the code' },
  bad: { zh: '用户名、密码或验证码不对，请再试', en: 'Name, password or code is wrong; try again' },
  needsCode: { zh: '密码正确，还需要动态验证码', en: 'The password is right; your code is needed too' },
  throttled: { zh: '错误次数太多，请 {seconds} 秒后再试', en: 'Too many wrong tries; wait {seconds} s' },
  caps: { zh: '大写锁定已打开', en: 'Caps lock is on' },
  already: { zh: '您已登录为 {name}', en: 'You are signed in as {name}' },
  goOn: { zh: '继续', en: 'Go on' },
  other: { zh: '换人登录', en: 'Sign in as somebody else' },
  safe: { zh: '这里不会询问身份证号或银行信息。', en: 'Nobody asks for identity or bank data here.' },
  address: { zh: '本系统的正式地址是 {host}，请与地址栏核对。', en: 'The address of this service is {host}; compare it with the address bar.' },
} satisfies Record<string, Words | Record<string, Words>>

export const reset = {
  title: { zh: '重设密码', en: 'Reset the password' },
  line: { zh: '需要第二验证：动态验证码或一个恢复码。没有的话，请管理员重设。', en: 'It takes a second proof: a code or a recovery code. Without one, ask an administrator.' },
  proof: { zh: '动态验证码或恢复码', en: 'Code or recovery code' },
  needProof: { zh: '请填写验证码或恢复码', en: 'Please give a code or a recovery code' },
  do: { zh: '重设密码', en: 'Reset' },
  back: { zh: '返回登录', en: 'Back to sign in' },
  done: { zh: '密码已重设，请用新密码登录', en: 'The password is set; sign in with the new one' },
  bad: { zh: '用户名或验证码不对，密码没有改', en: 'Name or code is wrong; nothing was changed' },
} satisfies Record<string, Words>

export const change = {
  title: { zh: '请换一个新密码', en: 'Choose a new password' },
  line: { zh: '现在的密码是管理员给您的，换成自己的才能继续。', en: 'Your present password came from an administrator; choose your own to go on.' },
  old: { zh: '现在的密码', en: 'Present password' },
  fresh: { zh: '新密码', en: 'New password' },
  again: { zh: '再输一遍新密码', en: 'New password again' },
  rule: { zh: '至少 {count} 个字符，一句话最好记', en: 'At least {count} characters; a sentence is easy to remember' },
  short: { zh: '至少 {count} 个字符', en: 'At least {count} characters' },
  differs: { zh: '两次输入的新密码不一样', en: 'The two new passwords differ' },
  same: { zh: '新密码不能和现在的一样', en: 'The new password must differ from the present one' },
  do: { zh: '保存并继续', en: 'Save and go on' },
  bad: { zh: '现在的密码不对', en: 'The present password is wrong' },
  alike: { zh: '至少要有 4 个不同的字符', en: 'At least 4 different characters' },
  hasLogin: { zh: '密码里不能有用户名', en: 'It must not contain your name' },
  easy: { zh: '这个密码太容易猜到，请换一个', en: 'This one is too easy to guess; choose another' },
  own: { zh: '改密码', en: 'Change the password' },
  save: { zh: '保存', en: 'Save' },
} satisfies Record<string, Words>

export const account = {
  password: { zh: '改密码', en: 'Change the password' },
  proof: { zh: '设置第二验证', en: 'Set up a second proof' },
  changed: { zh: '密码已改，其他地方的登录已退出', en: 'The password is changed; other sessions have ended' },
} satisfies Record<string, Words>

export const proof = {
  line: { zh: '设置后，登录要多输一个验证码；忘记密码时可以自己重设。', en: 'From then on a code is asked for at sign-in, and you can reset a forgotten password yourself.' },
  begin: { zh: '开始设置', en: 'Begin' },
  app: { zh: '用手机的验证器应用扫这个码：', en: 'Scan this with the authenticator app of your phone:' },
  qr: { zh: '密钥的二维码，给验证器应用扫', en: 'QR code of the key, for an authenticator app' },
  byHand: { zh: '扫不了就在应用里输入密钥：', en: 'If it cannot be scanned, type the key into the app:' },
  key: { zh: '密钥', en: 'Key' },
  openApp: { zh: '在这台设备的验证器里打开', en: 'Open in an app on this device' },
  recovery: { zh: '把恢复码抄下来收好。手机丢了，每个可以用一次。它们只显示这一次。', en: 'Write these recovery codes down. Each works once if the phone is lost. They are shown only now.' },
  test: { zh: '应用里现在显示的 6 位数字', en: 'The 6 digits the app shows now' },
  confirm: { zh: '确认并启用', en: 'Confirm and turn on' },
  badCode: { zh: '验证码不对，请输入现在显示的数字', en: 'Not the code shown now; try again' },
  badPassword: { zh: '密码不对', en: 'Wrong password' },
  on: { zh: '第二验证已启用', en: 'The second proof is on' },
} satisfies Record<string, Words>
