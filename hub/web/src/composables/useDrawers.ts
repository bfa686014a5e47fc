/** How many drawers stand on the page: what stands beside one has less room. */
import { onBeforeUnmount, onMounted, ref, readonly } from 'vue'

const count = ref(0)
export const drawersOpen = readonly(count)

/** Counts the drawer that asks, as long as it stands there. */
export function useCountedDrawer(): void {
  onMounted(() => { count.value += 1 })
  onBeforeUnmount(() => { count.value -= 1 })
}
