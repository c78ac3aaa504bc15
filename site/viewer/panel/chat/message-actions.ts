import type { Grant } from '../../../../worker/links/permissions.ts'
import type { ChatMessage } from '../../../../worker/live/protocol.ts'

export type MessageAction = 'reply' | 'private' | 'copy' | 'edit' | 'delete' | 'deleteAllOf' | 'clear'

/** Who looks at a message. */
export interface Reader {
  id: string
  permissions: readonly Grant[]
  /** Everybody who is in the room. */
  here: ReadonlySet<string>
}

/** What somebody may do with a message, in the order in which it is offered. The room decides again. */
export function actionsOn({ from, to }: ChatMessage, { id, permissions, here }: Reader): MessageAction[] {
  const own = from.id === id
  const writes = permissions.includes('message')
  const hosts = permissions.includes('op')
  // What is private is answered to the one it is shared with.
  const partner = to && own ? to.id : from.id
  const actions: [MessageAction, boolean][] = [
    ['reply', writes && (!to || here.has(partner))],
    ['private', writes && !own && !to && here.has(from.id)],
    ['copy', true],
    ['edit', writes && own],
    ['delete', own || hosts],
    ['deleteAllOf', hosts],
    ['clear', hosts],
  ]
  return actions.flatMap(([action, may]) => (may ? [action] : []))
}
