/** Takes the pictures: `npm run shots [name…]` writes shots/out/<name>.png, to lay beside the drawings. */
import { mkdir } from 'node:fs/promises'
import { browser } from './stage.mjs'

const OUT = new URL('./out/', import.meta.url).pathname
const wanted = process.argv.slice(2)
await mkdir(OUT, { recursive: true })
for (const file of ['screen', 'strip', 'kiosk', 'ticket', 'home']) {
  const { shots } = await import(`./${file}.mjs`).catch(error => { if (error.code === 'ERR_MODULE_NOT_FOUND') return { shots: {} }; throw error })
  for (const [name, take] of Object.entries(shots)) {
    if (wanted.length && !wanted.some(w => name.startsWith(w))) continue
    console.log(name)
    const page = await take()
    await page.screenshot({ path: `${OUT}${name}.png` })
    await page.close()
  }
}
await browser.close()
