import type { Person, ToClient } from '../../../../worker/live/protocol.ts'

/** What a host is in the middle of: a form or a list that stands above the people. */
export type Doing =
  | { is: 'remove' | 'warn' | 'rights' | 'closeLink'; person: Person }
  | { is: 'lock' | 'wall' | 'end' }
  | { is: 'identity'; identity: Extract<ToClient, { type: 'identity' }> }
  | { is: 'removed' }
  /** For everybody who may invite, hosts or not. */
  | { is: 'invite' }
