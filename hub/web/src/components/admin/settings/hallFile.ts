/** A hall's file before it is taken in: which hall it holds, and a name nobody else has. Pure. */
import type { HallListed } from '../../../wire/office'

/** The version of the files this hub reads and writes (`hub/src/setup/file.rs`). */
export const FILE_VERSION = 1

export interface HallNames { name: string; name_en: string }
export type HallFile = Record<string, unknown> & { setup: Record<string, unknown> & { hall: Record<string, unknown> & { name: string } } }

/** What was read, if it is the file of a hall. */
export function hallFile(read: unknown): HallFile | null {
  const name = (read as Partial<HallFile> | null)?.setup?.hall?.name
  return typeof name === 'string' ? read as HallFile : null
}

/** Its version, where that is not the one this hub reads. */
export function otherVersion({ version }: HallFile): number | null {
  return typeof version === 'number' && version !== FILE_VERSION ? version : null
}

export function namesIn({ setup: { hall } }: HallFile): HallNames {
  return { name: hall.name, name_en: typeof hall.name_en === 'string' ? hall.name_en : '' }
}

/** The same names, with a number behind them where a hall here has one already. */
export function freshNames(of: HallNames, halls: readonly HallListed[]): HallNames {
  const free = (text: string, taken: readonly string[]) => {
    if (!text || !taken.includes(text)) return text
    let n = 2
    while (taken.includes(`${text} ${n}`)) n += 1
    return `${text} ${n}`
  }
  return { name: free(of.name, halls.map(h => h.name)), name_en: free(of.name_en, halls.map(h => h.name_en)) }
}

/** The file with other names; everything else as it was. */
export function renamed(file: HallFile, names: HallNames): HallFile {
  return { ...file, setup: { ...file.setup, hall: { ...file.setup.hall, name: names.name.trim(), name_en: names.name_en.trim() } } }
}
