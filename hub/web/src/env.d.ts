declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent
  export default component
}
declare module '*.css'
declare module '@fontsource-variable/inter/wght.css'
declare module '@fontsource-variable/noto-sans-sc/wght.css'
