/** Starts a page: its look, its language, and a face that never goes blank when a part of it fails. */
import './polyfill'
import './look/tokens.css'
import './look/parts.css'
import { createApp, type Component } from 'vue'
import { language } from './i18n'

export function mount(page: Component): void {
  const app = createApp(page)
  // A failed part leaves the rest standing: a hall screen is never blank.
  app.config.errorHandler = (error, _part, where) => console.error('Hallcast', where, error)
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en'
  app.mount('#page')
}
