/** The fonts that ship with the hub. A phone does without: its own Chinese font is good, and the page stays small. */
import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/noto-sans-sc/wght.css'
