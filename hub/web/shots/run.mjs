/**
 * Takes the pictures: `npm run shots [name…]` writes shots/out/<name>.png, to lay beside the drawings.
 * With AXE=1 every picture is also read by axe-core, and what it finds is printed.
 */
import { mkdir, readFile } from 'node:fs/promises'
import { browser } from './stage.mjs'

const OUT = new URL('./out/', import.meta.url).pathname
const wanted = process.argv.slice(2)
const axe = process.env.AXE ? await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8') : null
let found = 0

async function look(page) {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }))
  for (const v of violations) {
    found += 1
    console.log(`  ${v.id}: ${v.help}`)
    for (const node of v.nodes.slice(0, 4)) console.log(`    ${node.target} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`)
  }
}

await mkdir(OUT, { recursive: true })
for (const file of ['screen', 'strip', 'kiosk', 'ticket', 'home']) {
  const { shots } = await import(`./${file}.mjs`).catch(error => { if (error.code === 'ERR_MODULE_NOT_FOUND') return { shots: {} }; throw error })
  for (const [name, take] of Object.entries(shots)) {
    if (wanted.length && !wanted.some(w => name.startsWith(w))) continue
    console.log(name)
    const page = await take()
    await page.screenshot({ path: `${OUT}${name}.png` })
    if (axe) await look(page)
    await page.close()
  }
}
await browser.close()
if (found) process.exitCode = 1
