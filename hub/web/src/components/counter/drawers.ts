/** Which drawer is open beside the big key, and about which ticket. */
export type Open =
  | { kind: 'park' } | { kind: 'pause' } | { kind: 'find' } | { kind: 'scan' } | { kind: 'why' } | { kind: 'note' }
  | { kind: 'help' } | { kind: 'leave' }
  | { kind: 'ticket'; ref: number } | { kind: 'transfer'; ref: number }
