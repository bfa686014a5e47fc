/**
 * Writes the types of everything that travels, from the hub's own description: `npm run types`.
 * `npm run types:check` writes nothing and fails if they have drifted.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const HERE = dirname(fileURLToPath(import.meta.url))
const HUB = process.env.HALLCAST_BIN ?? join(process.env.CARGO_TARGET_DIR ?? join(HERE, '../../target'), 'debug/hub')
const FILE = join(HERE, 'src/wire/api.d.ts')
const HEAD = '/** Made from `hub openapi` by `npm run types`; not to be changed by hand. */\n'
const OPENAPI_BYTES_MAX = 16 * 1024 * 1024

if (!existsSync(HUB)) fail(`there is no ${HUB}; build it first: cargo build -p hub`)
const openapi = JSON.parse(execFileSync(HUB, ['openapi'], { maxBuffer: OPENAPI_BYTES_MAX }).toString())
const types = HEAD + astToString(await openapiTS(openapi))

if (!process.argv.includes('--check')) writeFileSync(FILE, types)
else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== types) fail('src/wire/api.d.ts is not what the hub describes; run: npm run types')

function fail(why) {
  console.error(why)
  process.exit(1)
}
