/** Which pages of the office somebody may open, and what a role without a page of its own is for. Pure. */
import type { Words } from '../../i18n'
import { common } from '../../i18n/words/common'
import { home, waitingRoles } from '../../i18n/words/home'

export type Office = 'counter' | 'wall' | 'admin' | 'audit'
export interface OfficeWay { key: Office; href: string; words: Words; text: Words }

const OPEN_TO: Record<Office, readonly string[]> = {
  counter: ['staff', 'supervisor', 'administrator'], wall: ['supervisor', 'administrator'], admin: ['administrator'], audit: ['auditor'],
}
const WAYS: readonly OfficeWay[] = [
  { key: 'counter', href: '/counter', words: common.counter, text: home.counterText },
  { key: 'wall', href: '/wall', words: common.wall, text: home.wallText },
  { key: 'admin', href: '/admin', words: common.admin, text: home.adminText },
  { key: 'audit', href: '/admin', words: common.audit, text: home.auditText },
]

/** The pages for these roles; nobody signed in yet (`null`): all that ask for a name first. */
export function officeWays(roles: readonly string[] | null): readonly OfficeWay[] {
  if (!roles) return WAYS.filter(way => way.key !== 'audit')
  const mine = WAYS.filter(way => OPEN_TO[way.key].some(role => roles.includes(role)))
  // Both lead to the same page; there an administrator has the audit too.
  return roles.includes('administrator') ? mine.filter(way => way.key !== 'audit') : mine
}

/** What to say of the roles that have no page yet; of nobody's role where somebody has none. */
export function withoutPage(roles: readonly string[] | null): readonly Words[] {
  if (!roles) return []
  if (!roles.length) return [home.noRole]
  if (officeWays(roles).length) return []
  return roles.flatMap(role => waitingRoles[role] ?? [])
}
