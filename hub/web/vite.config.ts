/** How the pages are built: one HTML per address, shared chunks, nothing fetched from outside. */
import { defineConfig, type Plugin } from 'vitest/config'
import vue from '@vitejs/plugin-vue'

const PAGES = ['index', 'kiosk', 'counter', 'screen', 'strip', 'ticket', 'slip', 'wall', 'admin', 'login', 'docs', 'pair']

/** The address each page answers to in development; the hub does the same in service. */
const ROUTES: [RegExp, string][] = [
  [/^\/kiosk$/, '/kiosk.html'], [/^\/counter$/, '/counter.html'], [/^\/screen(\/[^/]+)?$/, '/screen.html'],
  [/^\/strip(\/[^/]+)?$/, '/strip.html'], [/^\/t\/[^/]+\/slip$/, '/slip.html'], [/^\/t\/[^/]+$/, '/ticket.html'],
  [/^\/wall$/, '/wall.html'], [/^\/admin$/, '/admin.html'], [/^\/login$/, '/login.html'],
  [/^\/api\/docs$/, '/docs.html'], [/^\/pair$/, '/pair.html'],
]

/** What most pages share goes into two files instead of forty: a phone asks for few, and keeps them. */
const SHARED = [
  { name: 'icons', test: /@lucide.*icons/, priority: 1 },
  { name: 'base', test: /node_modules.*vue|src\/(mount|polyfill|i18n\/(index|format)|i18n\/words\/(common|states|refusals)|wire\/(http|problem|address|link)|components\/parts\/(Mark|Chip|LiveChip|Refusal|Ask)|composables\/(useClock|useCommand))/, priority: 2 },
]

const HUB = process.env.HALLCAST_HUB ?? 'http://127.0.0.1:8080'

function routes(): Plugin {
  return {
    name: 'hallcast-routes',
    configureServer(server) {
      server.middlewares.use((request, _answer, next) => {
        const path = (request.url ?? '/').split('?')[0] ?? '/'
        const hit = ROUTES.find(([pattern]) => pattern.test(path))
        if (hit) request.url = hit[1]
        next()
      })
    },
  }
}

/** Fontsource swaps fonts; a hall screen must never show the wrong shape first. */
function shippedFonts(): Plugin {
  return {
    name: 'hallcast-fonts',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('@fontsource-variable')) return null
      return code.replace(/font-display: swap/g, 'font-display: block').replace(/Noto Sans SC Variable/g, 'Noto Sans SC')
    },
  }
}

export default defineConfig({
  plugins: [shippedFonts(), vue(), routes()],
  appType: 'mpa',
  build: {
    target: 'chrome87',
    cssTarget: 'chrome87',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: true },
    rolldownOptions: {
      input: Object.fromEntries(PAGES.map(page => [page, `${page}.html`])),
      output: { advancedChunks: { groups: SHARED } },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '^/api/(?!docs)': { target: HUB, ws: true } },
  },
  test: { environment: 'happy-dom', include: ['test/**/*.test.ts'] },
})
