/** What this page's own address says, and the token a player keeps in its browser. */

const PLAYER_TOKEN = 'hallcast.token.'

/** The last parts of the path: `/screen/abc` is `['screen', 'abc']`. */
export function pathParts(path: string = location.pathname): string[] {
  return path.split('/').filter(Boolean).map(decodeURIComponent)
}

/** A word of the query string, or nothing. */
export function queryWord(name: string): string | null {
  return new URLSearchParams(location.search).get(name)
}

/**
 * The token this browser holds for a player. A pairing link carries it behind `#token=`, which never reaches a
 * server's log; it is moved into the browser's keeping at once and taken out of the address.
 */
export function playerToken(player: string): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get('token')
  if (given) {
    keepPlayerToken(player, given)
    history.replaceState(null, '', location.pathname + location.search)
  }
  return localStorage.getItem(PLAYER_TOKEN + player)
}

export function keepPlayerToken(player: string, token: string): void {
  localStorage.setItem(PLAYER_TOKEN + player, token)
}

export function dropPlayerToken(player: string): void {
  localStorage.removeItem(PLAYER_TOKEN + player)
}

/** The host of an address as people compare it, or nothing where it is none. */
export function publicHost(url: string | undefined): string {
  try {
    return url ? new URL(url).host : ''
  } catch {
    return ''
  }
}
