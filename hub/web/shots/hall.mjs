/** The hall of the pictures: a morning at a service centre, as plain data. */
const QUEUES = [
  ['A', '综合受理', 'General', 12, 23], ['B', '企业登记', 'Business', 8, 42], ['C', '社会保障', 'Social security', 21, 117],
  ['D', '不动产登记', 'Real estate', 5, 6], ['E', '医疗保障', 'Medical insurance', 9, 65], ['F', '公积金', 'Housing fund', 0, 0],
]
const WAITS = { A: [600, 1080], B: [720, 1320], C: [1500, 2400], D: [900, 1500], E: [480, 900] }
export const NOW = '2025-11-24T10:42:18+08:00'
const number = (letter, n) => letter + String(n).padStart(3, '0')

let ref = 0
export const ticket = (queue, n, more = {}) =>
  ({ ref: ++ref, number: number(queue, n), queue, state: 'waiting', priority: null, counter: null, stage: null, zones: [], order: ref, ...more })

export const queues = QUEUES.map(([id, name, name_en, waiting]) => ({
  id, prefix: id, name, name_en, short: null, department: null, department_en: null, zones: [], waiting, state: 'open',
  estimate: WAITS[id] ? { p50_s: WAITS[id][0], p90_s: WAITS[id][1] } : null,
}))

export const counter = (label, more = {}) =>
  ({ id: `c${label}`, label, state: 'open', ticket: null, queues: ['A', 'B'], reason: null, since: NOW, zones: [], ...more })

export const call = (queue, n, label) => ({ ref: ++ref, number: number(queue, n), queue, counter: `c${label}`, label, zones: [], at: NOW, times: 1 })
const missed = (queue, n) => ({ ref: ++ref, number: number(queue, n), queue, counter: null, zones: [], since: NOW })

export const hall = {
  id: 'h1', name: '一楼综合大厅', name_en: 'General Service Hall · Floor 1', site: '安和市政务服务中心', site_en: 'Anhe City Government Service Centre',
  time_zone: 'Asia/Shanghai', counter_word: '号窗口', counter_word_en: 'Counter', missed_hint: '请到 1 号窗口', missed_hint_en: 'Counter 1',
  ticker: ['今日 17:00 停止取号。办理不动产登记请备齐身份证、房产证原件，材料清单可在自助机扫码带走'], undo_s: 10, reasons: [], classes: [],
}

/** The tickets behind calls: the first is awaited, the others are served, unless `states` says otherwise; null is gone. */
export const behind = (calls, states = []) => calls.flatMap(({ ref, number, queue, counter }, n) => {
  const state = states[n] === undefined ? (n ? 'serving' : 'called') : states[n]
  return state ? [{ ref, number, queue, state, priority: null, counter: ['called', 'serving'].includes(state) ? counter : null, stage: null, zones: [], order: ref }] : []
})

export function board(more = {}, states = []) {
  const waiting = QUEUES.flatMap(([id, , , waiting, last]) => Array.from({ length: waiting }, (_, n) => ticket(id, last + 1 + n)))
  const calls = more.calls ?? [call('A', 23, '3'), call('C', 117, '12'), call('D', 6, '8'), call('B', 42, '5'), call('E', 65, '14')]
  return {
    at: { epoch: 1, seq: 412 }, hall, day: { date: '2025-11-24', open: true }, queues, tickets: [...waiting, ...behind(calls, states)], calls,
    counters: ['1', '2', '3', '5', '6', '8', '12', '14'].map((label, n) => counter(label, n % 3 === 1 ? { state: 'serving' } : n === 3 ? { state: 'paused', reason: 'away' } : {})),
    missed: [missed('A', 19), missed('B', 38), missed('C', 112), missed('E', 61)], notices: [], ...more,
  }
}

/** The frame of a call of the first waiting number of a queue. */
export function called(of, queue, label, seq) {
  const first = of.tickets.find(t => t.queue === queue && t.state === 'waiting')
  first.state = 'called'
  const counterNow = counter(label, { state: 'calling', ticket: first.ref })
  return { hall: 'h1', at: { epoch: 1, seq }, frame: { called: { ticket: { ...first, counter: `c${label}` }, counter: counterNow, zones: [], time: NOW, times: 1, speak_at: null } } }
}

/** The frame that takes the last call of a counter back. */
export function undone(of, label, seq) {
  const ticket = of.tickets.find(t => t.state === 'called')
  ticket.state = 'waiting'
  return { hall: 'h1', at: { epoch: 1, seq }, frame: { undone: { ticket: { ...ticket, counter: null }, counter: counter(label), zones: [], time: NOW, undoes: seq - 1 } } }
}

export const player = (id, face, more = {}) => ({ id, face, hall: 'h1', zones: [], counter: null, settings: {}, ...more })

const LETTERS = { A: ['ZHSL'], B: ['QYDJ'], C: ['SHBZ'], D: ['BDCDJ'], E: ['YLBZ'], F: ['GJJ'] }
const PINYIN = { A: ['zonghe shouli'], B: ['qiye dengji'], C: ['shehui baozhang'], D: ['budongchan dengji'], E: ['yiliao baozhang'], F: ['gongjijin'] }
const COUNTERS = { A: ['1', '2', '3', '6'], B: ['4', '5'], C: ['9', '10', '11', '12', '13'], D: ['7', '8'], E: ['14', '15'], F: ['16'] }
const MATTERS = { A: ['居住证'], B: ['商标注册咨询', '营业执照'], C: ['社保缴费与查询', '社保关系转移'], D: ['设备抵押登记'], E: ['医保报销'], F: [] }
export function offer(more = {}) {
  return {
    hall: { id: 'h1', name: hall.name, name_en: hall.name_en, site: hall.site, site_en: hall.site_en },
    departments: [
      { id: 'd1', name: '综合服务', name_en: 'General services', floor: '一楼', letters: ['ZHFW'] }, { id: 'd2', name: '市场监管', name_en: 'Market supervision', floor: '二楼', letters: ['SCJG'] },
      { id: 'd3', name: '人社局', name_en: 'Human resources', floor: '一楼', letters: ['RSJ'] },
    ],
    queues: queues.map((q, n) => ({
      ...q, department: ['d1', 'd2', 'd3', 'd2', 'd3', 'd3'][n], floor: '一楼', letters: LETTERS[q.id], pinyin: PINYIN[q.id], taken: [37, 50, 138, 11, 74, 0][n] * 30,
      opens_at: null, quota_left: null, counters: COUNTERS[q.id], matters: MATTERS[q.id],
      ...(q.id === 'F' ? { state: 'closed', opens_at: '2025-11-24T13:30:00+08:00' } : {}),
    })),
    classes: [{ id: 'elder', name: '老年优先', name_en: 'Elderly' }, { id: 'disabled', name: '残障优先', name_en: 'Disabled' }], sort: 'taken', ...more,
  }
}
