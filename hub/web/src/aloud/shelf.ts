/**
 * Sounds by key: fetched ahead of time where there is time, once each, and kept for the next call within a limit.
 * A sound that is not there yet is asked for again; never longer than somebody waits for it.
 */

/** All kept sounds together: about 20 minutes of speech as it comes from the hub. */
const BYTES_MAX = 64 * 1024 * 1024

export interface Fetched<S> { sound: S; bytes: number; keep: boolean }

export class Shelf<S> {
  private readonly kept = new Map<string, { sound: S; bytes: number }>()
  private readonly coming = new Map<string, Promise<S | null>>()
  private bytes = 0

  /** `fetched` answers nothing where there is no such sound now. */
  constructor(private readonly fetched: (key: string) => Promise<Fetched<S> | null>, private readonly most = BYTES_MAX) {}

  get(key: string): S | null {
    const here = this.kept.get(key)
    if (!here) return null
    // The one used last goes last.
    this.kept.delete(key)
    this.kept.set(key, here)
    return here.sound
  }

  /** The sound, kept or fetched; nothing where it cannot be had. */
  want(key: string): Promise<S | null> {
    const here = this.get(key)
    if (here) return Promise.resolve(here)
    const asked = this.coming.get(key) ?? this.ask(key)
    this.coming.set(key, asked)
    return asked
  }

  private async ask(key: string): Promise<S | null> {
    try {
      const got = await this.fetched(key)
      if (got?.keep) this.put(key, got.sound, got.bytes)
      return got?.sound ?? null
    } catch {
      return null
    } finally {
      this.coming.delete(key)
    }
  }

  private put(key: string, sound: S, bytes: number): void {
    this.kept.set(key, { sound, bytes })
    this.bytes += bytes
    for (const [old, it] of this.kept) {
      if (this.bytes <= this.most || old === key) break
      this.kept.delete(old)
      this.bytes -= it.bytes
    }
  }
}
