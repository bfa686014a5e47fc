/** How a face is drawn: its palette, its orientation, and whether it keeps still. */
import '../look/face.css'
import { computed, onScopeDispose, ref, watchEffect } from 'vue'
import type { PlayerSettings } from '../wire/types'

function useMedia(query: string) {
  const media = window.matchMedia(query)
  const matches = ref(media.matches)
  const changed = () => { matches.value = media.matches }
  media.addEventListener('change', changed)
  onScopeDispose(() => media.removeEventListener('change', changed))
  return matches
}

/** `base` is the class of the canvas: `hall-face` or `strip-face`. */
export function useFace(settings: () => PlayerSettings, base = 'hall-face') {
  const upright = useMedia('(orientation: portrait)')
  const still = useMedia('(prefers-reduced-motion: reduce)')
  const portrait = computed(() => upright.value)
  const calm = computed(() => still.value || settings().reduced_motion === true)
  watchEffect(() => {
    const light = settings().theme === 'light'
    document.documentElement.className = [base, light ? 'light hall' : 'dark', portrait.value ? 'portrait' : ''].join(' ').trim()
  })
  return { portrait, calm }
}
