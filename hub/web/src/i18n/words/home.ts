/** The first page, and the page of the interface. */
import type { Words } from '../index'

export const home = {
  title: { zh: '这里运行的大厅', en: 'The halls that run here' },
  lead: { zh: '按您的身份选一个页面打开。', en: 'Open the page that fits your role.' },
  visitor: { zh: '访客', en: 'Visitors' },
  staff: { zh: '工作人员', en: 'Staff' },
  screens: { zh: '屏幕', en: 'Screens' },
  builders: { zh: '对接开发', en: 'Developers' },
  kiosk: { zh: '取号机', en: 'Kiosk' },
  kioskText: { zh: '在触摸屏上取号', en: 'Take a ticket on a touch screen' },
  counterText: { zh: '登录后选窗口，叫号和办理', en: 'Sign in, pick a counter, call and serve' },
  wallText: { zh: '大厅、队列、窗口、告警', en: 'Halls, queues, counters, alerts' },
  adminText: { zh: '站点、队列、窗口、人员、屏幕', en: 'Sites, queues, counters, people, screens' },
  auditText: { zh: '谁在什么时候做了什么', en: 'Who did what, and when' },
  noRole: { zh: '您的账户还没有角色，请联系管理员。', en: 'Your account has no role yet; ask an administrator.' },
  pair: { zh: '接一块新屏', en: 'Connect a new screen' },
  pairText: { zh: '在那块屏上打开此页，显示配对码，管理员批准', en: 'Open this on the screen: it shows a code an administrator approves' },
  docs: { zh: '接口文档', en: 'Interface' },
  docsText: { zh: '全部接口，可离线阅读', en: 'Every operation, readable offline' },
  noHall: { zh: '还没有大厅', en: 'No hall yet' },
  noHallText: { zh: '请管理员登录，在「管理」里新建第一个大厅。', en: 'Sign in as administrator and make the first hall.' },
  demo: { zh: '演示大厅', en: 'Demo hall' },
  demoText: { zh: '演示登录名和密码写在启动时的窗口里。', en: 'Demo names and passwords were printed when the hub started.' },
  version: { zh: '版本 {version}', en: 'Version {version}' },
  strayed: { zh: '没有这个页面。这里是本系统提供的入口。', en: 'There is no such page. These are the ways in that exist.' },
  unreachable: { zh: '联系不上服务器，正在重试', en: 'The hub cannot be reached; trying again' },
  screen: { zh: '大厅屏', en: 'Hall screen' },
  strip: { zh: '窗口屏', en: 'Counter strip' },
  openScreen: { zh: '打开 {hall} 的大厅屏', en: 'Hall screen of {hall}' },
  openKiosk: { zh: '打开 {hall} 的取号机', en: 'Kiosk of {hall}' },
  licences: { zh: '字体与图标许可', en: 'Licences of fonts and icons' },
} satisfies Record<string, Words>

/** Roles that are given already, and whose pages come later. */
export const waitingRoles: Record<string, Words> = {
  editor: { zh: '编辑写通知和节目。编辑的页面还没有，做好后会出现在这里。', en: 'Editors write announcements and programmes. Their page is not there yet; it will stand here.' },
  reviewer: { zh: '审核员审核通知和节目。审核的页面还没有，做好后会出现在这里。', en: 'Reviewers approve announcements and programmes. Their page is not there yet; it will stand here.' },
  operator: { zh: '话务员替来电的人预约。预约的页面还没有，做好后会出现在这里。', en: 'Operators book for people who call. Their page is not there yet; it will stand here.' },
}

export const docs = {
  title: { zh: '接口文档', en: 'Interface' },
  lead: { zh: '由代码生成的 OpenAPI 文档。', en: 'OpenAPI, generated from the code.' },
  find: { zh: '查找路径或说明', en: 'Find a path or a word' },
  download: { zh: '下载 openapi.json', en: 'Download openapi.json' },
  socket: { zh: '实时连接（AsyncAPI）', en: 'The socket (AsyncAPI)' },
  parameters: { zh: '参数', en: 'Parameters' },
  body: { zh: '请求内容', en: 'Body' },
  answers: { zh: '答复', en: 'Answers' },
  shapes: { zh: '数据结构', en: 'Shapes' },
  required: { zh: '必填', en: 'required' },
  nothing: { zh: '没有找到', en: 'Nothing found' },
  failed: { zh: '接口文档读不到', en: 'The document cannot be read' },
} satisfies Record<string, Words>
