import { describe, expect, test } from 'vitest'
import { everybody, hallOf, queryOf, type Search } from '../src/components/admin/settings/auditWords'
import type { AuditRow } from '../src/wire/office'

const nothing: Search = { hall: '', who: '', what: '', from: '', until: '' }
const row = (chain: string) => ({ chain, n: 1 }) as AuditRow

describe('a search of the audit', () => {
  test('asks for nothing where nothing is chosen', () => expect(queryOf(nothing, 'Asia/Shanghai')).toEqual({}))
  test('means days by the clock that is shown, the last one whole', () =>
    expect(queryOf({ ...nothing, what: 'issued', from: '2025-11-24', until: '2025-11-30' }, 'Asia/Shanghai'))
      .toEqual({ what: 'issued', from: '2025-11-23T16:00:00.000Z', until: '2025-11-30T16:00:00.000Z' }))
  test('offers people, programs, visitors and the hub', () =>
    expect(everybody({ people: [{ id: 'p', name: '李' }], tokens: [{ id: 't', name: '大屏' }] }).map(it => it.who)).toEqual(['person:p', 'token:t', 'visitor', 'hub']))
  test('tells the hall of a row, also of a move', () => {
    const halls = [{ id: 'h', name: '一楼', name_en: '' }]
    expect(['node', 'hall:h', 'journal:h', 'hall:gone'].map(chain => hallOf(row(chain), { halls }))).toEqual(['', '一楼', '一楼', ''])
  })
})
