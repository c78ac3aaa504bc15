import type { Person, ToClient } from '../../../worker/live/protocol.ts'

interface Comings {
  is: 'came' | 'went'
  names: readonly string[]
}

/** Lines for whoever typed a command; `fault` when it was not done. */
export interface Told {
  is: 'answer' | 'fault'
  lines: readonly string[]
}

/** Something that this page alone tells: who came, what a command answered. */
export interface Aside {
  /** Unique within the page. */
  id: string
  /** Stands behind the message with this key. */
  after: string
  /** In ms. */
  at: number
  what: Comings | Told
}

/** Asides that are kept. */
const MOST = 100

/** In a room with more people than this nobody is told who comes and goes. */
const CROWD = 30

export const withAside = (asides: readonly Aside[], aside: Aside): readonly Aside[] =>
  [...asides, aside].slice(-MOST)

type Moved = Extract<ToClient, { type: 'person.joined' | 'person.left' }>

/**
 * Who comes and goes is told while the room is small enough to care; one after the other they share a line.
 * @param people who was there before
 */
export function withComing(
  asides: readonly Aside[],
  message: Moved,
  { people, you, after, at }: { people: readonly Person[]; you: string | null; after: string; at: number },
): readonly Aside[] {
  const is = message.type === 'person.joined' ? 'came' : 'went'
  const who = message.type === 'person.joined' ? message.person : people.find(({ id }) => id === message.id)
  if (!who || who.id === you || people.length > CROWD) return asides
  const last = asides.at(-1)
  if (last?.what.is !== is || last.after !== after || !('names' in last.what))
    return withAside(asides, { id: `${is} ${who.id} ${at}`, after, at, what: { is, names: [who.name] } })
  const names = [...last.what.names.filter(name => name !== who.name), who.name]
  return [...asides.slice(0, -1), { ...last, what: { is, names } }]
}
