/** Saves a hall's file on this computer. */
import { get } from '../../../wire/http'

export async function downloadHall(hall: string, name: string): Promise<void> {
  const file = await get<unknown>(`/halls/${encodeURIComponent(hall)}/export`)
  save(`${name}.json`, JSON.stringify(file, null, 2), 'application/json')
}

/** Hands a text to the browser as a file. */
export function save(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
