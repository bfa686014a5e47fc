/** A socket that the test holds at the hub's end. */
export class FakeSocket {
  static all: FakeSocket[] = []
  sent: { hello: { face: string; follow: { hall: string; at?: unknown; counters?: string[]; zones?: string[] }[] } }[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  constructor() { FakeSocket.all.push(this) }
  send(text: string) { this.sent.push(JSON.parse(text)) }
  close() {}
  say(message: unknown) { this.onmessage?.({ data: JSON.stringify(message) }) }
}

export const welcome = { welcome: { now: '2025-11-24T10:00:00+08:00', heartbeat_s: 15, retry: { min_s: 1, max_s: 8 } } }
