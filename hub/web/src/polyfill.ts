/** The few library calls Chromium 87 lacks and our pages use. Syntax is lowered by the build, calls are not. */
type Indexed = { length: number; [n: number]: unknown }

function at(this: Indexed, n: number): unknown {
  const index = Math.trunc(n) || 0
  return this[index < 0 ? this.length + index : index]
}

function findLast(this: unknown[], test: (item: unknown, n: number, all: unknown[]) => boolean): unknown {
  for (let n = this.length - 1; n >= 0; n -= 1) if (test(this[n], n, this)) return this[n]
  return undefined
}

function add(target: object, name: string, value: unknown): void {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true })
}

add(Array.prototype, 'at', at)
add(String.prototype, 'at', at)
add(Array.prototype, 'findLast', findLast)
add(Object, 'hasOwn', (thing: object, key: PropertyKey) => Object.prototype.hasOwnProperty.call(thing, key))
