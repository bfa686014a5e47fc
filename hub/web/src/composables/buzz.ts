/** Lets the telephone vibrate, where it can and where its owner has touched this page: browsers refuse it before that. */
export function buzz(pattern: number | number[]): void {
  const touched = (navigator as { userActivation?: { hasBeenActive: boolean } }).userActivation?.hasBeenActive ?? true
  if (touched) navigator.vibrate?.(pattern)
}
