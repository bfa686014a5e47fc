/** The frame of the administration: where one is, saving, unsaved, conflicts. */
import type { HallTab, View } from '../../composables/useAdminPlace'
import type { Words } from '../index'

export const nav = {
  sites: { zh: '站点', en: 'Sites' },
  settings: { zh: '设置', en: 'Settings' },
  newHall: { zh: '新大厅', en: 'New hall' },
  importHall: { zh: '导入大厅', en: 'Import a hall' },
  signInKept: { zh: '输入的内容还在，登录后接着做', en: 'What you typed is still here; go on after signing in' },
  keptText: { zh: '输入的内容还在，连上后再保存', en: 'What you typed is still here; save when it is back' },
  signInTitle: { zh: '重新登录', en: 'Sign in again' },
  noRight: { zh: '您没有管理权限，请用管理员登录', en: 'You may not administer; sign in as an administrator' },
  noHalls: { zh: '还没有大厅，先建第一个', en: 'No halls yet; make the first one' },
  noSite: { zh: '其他大厅', en: 'Other halls' },
} satisfies Record<string, Words>

export const views: Record<View, Words> = {
  sites: { zh: '站点与大厅', en: 'Sites and halls' },
  players: { zh: '屏幕与播放器', en: 'Screens and players' },
  people: { zh: '人员与角色', en: 'People and roles' },
  tokens: { zh: '令牌', en: 'Tokens' },
  audit: { zh: '审计', en: 'Audit' },
}

export const tabs: Record<HallTab, Words> = {
  basic: { zh: '基本', en: 'Basics' },
  queues: { zh: '队列', en: 'Queues' },
  counters: { zh: '窗口', en: 'Counters' },
  zones: { zh: '区域', en: 'Zones' },
  speakers: { zh: '扬声器', en: 'Speakers' },
  rules: { zh: '顺序规则', en: 'Order' },
  check: { zh: '自检', en: 'Self-check' },
}

export const hall = {
  open: { zh: '开放中', en: 'Open' },
  closed: { zh: '今日已结束', en: 'Closed for today' },
  notOpened: { zh: '今日未开放', en: 'Not opened today' },
  export: { zh: '导出', en: 'Export' },
  remove: { zh: '删除大厅', en: 'Remove the hall' },
  pairing: { zh: '{count} 台设备在等批准，配对码', en: '{count} waiting for approval, code' },
  seePairing: { zh: '查看并批准', en: 'See and approve' },
  foot: { zh: '改动只影响之后取的号；已在等候的号码照旧。每次保存都记入审计。', en: 'Changes concern tickets taken afterwards; those who wait stay as they are. Every save is audited.' },
  newQueue: { zh: '新队列', en: 'New queue' },
  newCounter: { zh: '新窗口', en: 'New counter' },
  newZone: { zh: '新区域', en: 'New zone' },
  newSpeaker: { zh: '新扬声器', en: 'New speaker' },
  newDepartment: { zh: '新部门', en: 'New department' },
  newClass: { zh: '新优先级', en: 'New class' },
} satisfies Record<string, Words>

export const save = {
  saved: { zh: '已保存', en: 'Saved' },
  nothing: { zh: '没有改动', en: 'Nothing changed' },
  fixFirst: { zh: '先改正标红的地方', en: 'Correct the marked places first' },
  chooseFirstRemove: { zh: '先选：看对方的改动，或仍然删除', en: 'Choose first: see their change, or remove it anyway' },
  chooseFirst: { zh: '先选：看对方的版本，或用我的保存', en: 'Choose first: take theirs, or save mine' },
  unsavedTitle: { zh: '改动还没有保存', en: 'Changes are not saved' },
  unsavedLine: { zh: '离开会丢掉刚才输入的内容。', en: 'What you typed is lost if you leave.' },
  leave: { zh: '不保存，离开', en: 'Leave without saving' },
  stay: { zh: '留下', en: 'Stay' },
  conflict: { zh: '{name}刚才改了这里', en: '{name} changed this just now' },
  conflictElse: { zh: '{name}刚才改了这个大厅的其他设置，您的改动还在', en: '{name} changed other settings of this hall just now; your changes are still here' },
  conflictRemove: { zh: '{name}刚才改了您要删除的这一项', en: '{name} changed this just now, before you removed it' },
  conflictRemoveElse: { zh: '{name}刚才改了这个大厅的其他设置；您要删除的这一项没有变', en: '{name} changed other settings of this hall just now; what you want to remove is as it was' },
  conflictGone: { zh: '{name}刚才删除了这一项，再保存会重新建立', en: '{name} removed this just now; saving makes it again' },
  somebody: { zh: '有人', en: 'Somebody' },
  fromTo: { zh: '{before} → {theirs}', en: '{before} → {theirs}' },
  yours: { zh: '您填的：{mine}', en: 'Yours: {mine}' },
  changed: { zh: '已改动', en: 'changed' },
  emptyValue: { zh: '（空）', en: '(empty)' },
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
  takeTheirs: { zh: '看对方的版本', en: 'Take theirs' },
  seeTheirs: { zh: '先不删除，看对方的改动', en: 'See their change, remove nothing' },
  notNow: { zh: '先不删除', en: 'Remove nothing now' },
  removeAnyway: { zh: '仍然删除', en: 'Remove it anyway' },
  keepMine: { zh: '用我的保存', en: 'Save mine' },
  readFailed: { zh: '读不到设置', en: 'The settings cannot be read' },
} satisfies Record<string, Words>

export const order = {
  move: { zh: '{name}，第 {place} 位，用上下键移动', en: '{name}, place {place}; move with the arrow keys' },
  remove: { zh: '移除 {name}', en: 'Remove {name}' },
} satisfies Record<string, Words>

export const fieldErrors = {
  name: { zh: '请填写中文名', en: 'Give it a Chinese name' },
  needed: { zh: '请填写', en: 'Please fill this in' },
  number: { zh: '请填写不小于 {min} 的整数', en: 'A whole number from {min} on' },
  range: { zh: '请填写 {min} 到 {max} 之间的数', en: 'A number from {min} to {max}' },
  prefix: { zh: '1 到 2 个大写字母，不用 I 和 O', en: 'One or two capital letters, not I or O' },
  prefixTaken: { zh: '「{name}」已用这个前缀，两个队列会共用一串号码', en: '“{name}” has this prefix too; both share one series of numbers' },
  short: { zh: '最多 5 个字', en: 'At most 5 characters' },
  quota: { zh: '预约数不能大于每日上限 {quota}', en: 'Not more than the quota of {quota}' },
  quotaNeeded: { zh: '先填每日上限', en: 'Set the quota first' },
  time: { zh: '请写成 09:00', en: 'Write it like 09:00' },
  hoursOrder: { zh: '结束要晚于开始', en: 'The end must be after the beginning' },
  hoursOverlap: { zh: '{day}的两个时段重叠', en: 'Two periods overlap on {day}' },
  hoursDays: { zh: '每个时段至少选一天', en: 'Choose at least one day for each period' },
  hoursNone: { zh: '至少加一个时段，或选全天', en: 'Add a period, or choose around the clock' },
  takeOrder: { zh: '停止取号要晚于开始取号', en: 'Tickets must end after they begin' },
  label: { zh: '请填写窗口号', en: 'Give the counter its number' },
  labelTaken: { zh: '已有 {label}', en: '{label} exists already' },
} satisfies Record<string, Words>

export const sites = {
  title: { zh: '站点与大厅', en: 'Sites and halls' },
  newSite: { zh: '新站点', en: 'New site' },
  site: { zh: '站点', en: 'Site' },
  parent: { zh: '上级', en: 'Belongs to' },
  top: { zh: '没有上级', en: 'None' },
  kind: { zh: '类别', en: 'Kind' },
  address: { zh: '地址', en: 'Address' },
  timeZone: { zh: '时区', en: 'Time zone' },
  cutover: { zh: '几点换日', en: 'The day begins at' },
  cutoverHint: { zh: '半夜还在办理的站点可设为凌晨 4 点', en: 'A site that works past midnight may use 4' },
  hour: { zh: '时', en: 'h' },
  kinds: {
    city: { zh: '市', en: 'City' }, district: { zh: '区', en: 'District' }, street: { zh: '街道', en: 'Street' }, centre: { zh: '服务中心', en: 'Service centre' },
  },
  halls: { zh: '{count} 个大厅', en: '{count} halls' },
  none: { zh: '还没有站点。先建一个站点，再在里面建大厅。', en: 'No sites yet. Make one, then a hall in it.' },
  effectSite: { zh: '保存后，这个站点的大厅用新的名称。', en: 'Its halls show the new name at once.' },
  effectHall: { zh: '先建一个空的大厅，再加队列和窗口；完成自检前不会有人来取号。', en: 'Makes an empty hall; then add its queues and counters.' },
  removeSite: { zh: '删除站点', en: 'Remove the site' },
  removeSiteLine: { zh: '站点里还有大厅时不能删除。', en: 'A site that has halls cannot be removed.' },
  removeHallLine: { zh: '大厅的设置、号码和记录都会删除，不能恢复。请先导出。', en: 'Its setup, tickets and records are gone for good. Export it first.' },
  typeName: { zh: '请输入大厅名称「{name}」确认', en: 'Type the name “{name}” to confirm' },
  hallName: { zh: '大厅名称', en: 'Name of the hall' },
  importLine: { zh: '选一个从 Hallcast 导出的大厅文件。', en: 'Choose a file of a hall exported from Hallcast.' },
  importNameHint: { zh: '首页、屏幕和取号机上显示的名称', en: 'What the first page, screens and kiosks show' },
  nameTaken: { zh: '这里已有一个同名的大厅，请换一个名称', en: 'A hall here has this name; give this one another' },
  importAs: { zh: '作为新大厅导入（不覆盖原来的）', en: 'Import as a new hall (the old one stays)' },
  importDo: { zh: '导入', en: 'Import' },
  importBad: { zh: '这不是 Hallcast 的大厅文件', en: 'This is not a hall file of Hallcast' },
  importVersion: { zh: '这个文件是第 {version} 版，这个服务器只读第 {reads} 版', en: 'This file is of version {version}; this hub reads version {reads}' },
  importNewer: { zh: '请先升级服务器，或从同版本的服务器重新导出', en: 'Update this hub first, or export it anew from a hub of this version' },
  importOlder: { zh: '请从新版服务器重新导出', en: 'Export it anew from a hub of this version' },
  importWrong: { zh: '文件里的 {field}：{why}', en: 'In the file, {field}: {why}' },
  importFile: { zh: '大厅文件', en: 'Hall file' },
} satisfies Record<string, unknown>
