/** A member of staff who signs in and opens a counter. */
import { openPage, signIn } from './people.mjs'

/** The counter page of somebody with this role, at the counter with this label, opened. */
export async function openCounter(browser, hub, role, label, index = 0) {
  const page = await openPage(browser, `${hub.demo.url}/login`, 'office')
  await signIn(page, hub, role, index)
  await page.goto(`${hub.demo.url}/counter`)
  await page.locator('label.pick-one', { hasText: new RegExp(`^\\s*${label} `) }).first().click()
  await page.locator('.pick button.main').click()
  await page.locator('.bigkey').waitFor()
  return page
}

/** The counter's next step, by its key, as soon as the key listens (it is deaf for a moment after each change). */
export async function pressBigKey(page, then) {
  await page.locator('.bigkey:not([data-deaf]):not([aria-disabled])').waitFor()
  await page.keyboard.press('Space')
  await page.locator('.bigkey', { hasText: then }).waitFor()
}
