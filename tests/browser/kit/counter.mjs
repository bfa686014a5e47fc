/** A member of staff who signs in and opens a counter. */
import { openPage, signIn } from './people.mjs'

/** The counter page of somebody with this role, at the counter with this label, opened. `index` tells people of one role apart. */
export async function openCounter(browser, hub, role, label, index = 0) {
  const page = await openPage(browser, `${hub.demo.url}/login`, 'office')
  await signIn(page, hub, role, index)
  await page.goto(`${hub.demo.url}/counter`)
  await chooseCounter(page, label)
  return page
}

/** Chooses a counter in the list and opens it, by the key on the page or by Enter; ends when the big key is there. */
export async function chooseCounter(page, label, byEnter = false) {
  await page.getByRole('group', { name: '在哪个窗口办理' }).getByText(`${label} 号窗口`, { exact: true }).click()
  const key = page.getByRole('button', { name: new RegExp(`${label} 号窗口`) })
  await key.waitFor()
  if (byEnter) await page.keyboard.press('Enter')
  else await key.click()
  await page.locator('.bigkey').waitFor()
}

/** The big key as soon as it listens: it is deaf for a moment after each change. */
export const awake = page => page.locator('.bigkey:not([data-deaf]):not([aria-disabled])').waitFor()

/** The counter's next step, by its key; then the key offers `then`. */
export async function pressBigKey(page, then) {
  await awake(page)
  await page.keyboard.press('Space')
  await page.locator('.bigkey', { hasText: then }).waitFor()
}

/** A drawer of the page, by its title. */
export const drawer = (page, title) => page.getByRole('dialog', { name: title })

/** Everybody goes home: tickets at counters are done with, and no counter is held by anybody. */
export async function closeCounters(hub) {
  const { counters } = await hub.api('GET', `/halls/${hub.demo.hall}/board`)
  for (const { id, state } of counters) {
    if (state === 'calling') await hub.command('no_show', { counter: id })
    if (state === 'serving') await hub.command('finish', { counter: id })
    if (state !== 'closed') await hub.command('close_counter', { counter: id })
  }
}
