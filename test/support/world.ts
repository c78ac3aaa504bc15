import { type Grant, grants, type Role, roleNames, roles } from '../../worker/links/permissions.ts'
import type { Act, ActOutcome, Actor, RemovedRow } from '../../worker/live/acts/acts.ts'
import type { RoomTimecode } from '../../worker/live/messages/timecode.ts'
import type { PersonFacts, RoomFacts } from '../../worker/live/rules/state.ts'
import type { WatermarkMode } from '../../worker/watermark/watermark.ts'
import { NOON } from './app.ts'
import { idOf, roomFacts } from './live.ts'

export interface WorldLink {
  id: string
  role: Role
  waitingRoom?: boolean
  madeBy?: string
  revokedAt?: number | null
}

export interface WorldPerson {
  id: string
  name: string
  link: string
  admittedAt: number | null
  removedAt: number | null
  removedReason: string | null
  role: string | null
  /** Null = the link's. */
  permissions: Grant[] | null
  /** Null = as the link says. */
  watermark: WatermarkMode | null
}

/** One room as the database keeps it, in memory: plainer than the statements, and held against them by a test. */
export class World {
  waitingRoom = false
  lock: { at: number; message: string } | null = null
  endedAt: number | null = null
  timecode: RoomTimecode | null = null
  links = new Map<string, WorldLink>()
  people = new Map<string, WorldPerson>()
  bans: { person: string; address: string }[] = []

  /** Somebody comes through a link, and perhaps stands before the door. */
  join(name: string, link: string, at: number): void {
    const { role, waitingRoom = false } = this.links.get(link)!
    const isOpen = role === 'host' || (!this.waitingRoom && !waitingRoom && !this.lock)
    this.people.set(idOf(name), {
      id: idOf(name),
      name,
      link,
      admittedAt: isOpen ? at : null,
      removedAt: null,
      removedReason: null,
      role: null,
      permissions: null,
      watermark: null,
    })
  }

  held(id: string): readonly Grant[] {
    const person = this.people.get(id)
    return person ? (person.permissions ?? roles[this.links.get(person.link)!.role]) : []
  }

  may(by: Actor): boolean {
    if (by === 'staff') return true
    const person = this.people.get(by)
    const link = this.links.get(person?.link ?? '')
    return person?.removedAt === null && !link?.revokedAt && this.held(by).includes('op')
  }

  act(act: Act, by: Actor, at: number): ActOutcome {
    if (!this.may(by)) return { refused: 'forbidden' }
    switch (act.do) {
      case 'admit':
      case 'refuse':
        return this.#door(act, at)
      case 'lock':
        this.lock = { at: this.lock?.at ?? at, message: act.message }
        return { done: [] }
      case 'unlock':
        this.lock = null
        if (!this.waitingRoom)
          for (const person of this.#waiting())
            if (!this.links.get(person.link)!.waitingRoom) person.admittedAt = at
        return { done: [] }
      case 'end':
        this.endedAt ??= at
        return { done: [] }
      case 'role':
        return this.#give(act.id, by, at, roles[act.role], () => [...roles[act.role]])
      case 'permit': {
        const taken = act.permission === 'op' ? ['op', 'token', 'record'] : [act.permission]
        return this.#give(act.id, by, at, act.held ? [act.permission] : [], held => {
          if (act.held) return grants.filter(grant => held.includes(grant) || grant === act.permission)
          // A host's role takes all that it brought to what their link gives.
          const person = this.people.get(act.id)!
          const rest =
            act.permission === 'op' && person.role === 'host'
              ? roles[this.links.get(person.link)!.role]
              : held
          return grants.filter(grant => (rest as readonly Grant[]).includes(grant) && !taken.includes(grant))
        })
      }
      case 'kick':
        return this.#kick(act, by, at)
      case 'pardon': {
        const person = this.people.get(act.id)
        if (!person || person.removedAt === null) return { refused: 'not_here' }
        Object.assign(person, { removedAt: null, removedReason: null })
        this.bans = this.bans.filter(ban => ban.person !== act.id)
        return { done: [named(person)] }
      }
      case 'watermark': {
        const person = this.people.get(act.id)
        if (!person || person.removedAt !== null) return { refused: 'not_here' }
        person.watermark = act.mode
        return { done: [named(person)] }
      }
      case 'close-link': {
        const person = this.people.get(act.of)
        if (!person) return { refused: 'not_here' }
        const link = this.links.get(person.link)!
        const own = this.people.get(by)?.link
        if (link.id === own) return { refused: 'own_link' }
        if (link.revokedAt) return { done: [] }
        for (const other of this.#beyond({ id: '', link: link.id }, own)) other.revokedAt ??= at
        return { done: [{ id: link.id, name: `Link ${link.id}` }] }
      }
      case 'timecode':
        this.timecode = act.clock
        return { done: [] }
      case 'clear-timecode':
        this.timecode = null
        return { done: [] }
    }
  }

  removed(by: Actor): RemovedRow[] {
    if (!this.may(by)) return []
    return [...this.people.values()]
      .filter(({ removedAt }) => removedAt !== null)
      .toSorted((a, b) => b.removedAt! - a.removedAt! || (a.id < b.id ? -1 : 1))
      .map(({ id, name, removedAt, removedReason }) => ({ id, name, at: removedAt!, reason: removedReason }))
  }

  #waiting = () =>
    [...this.people.values()].filter(person => person.admittedAt === null && person.removedAt === null)

  #door(act: Extract<Act, { do: 'admit' | 'refuse' }>, at: number): ActOutcome {
    const { ids } = act
    const concerned = this.#waiting().filter(({ id }) => ids === 'all' || ids.includes(id))
    for (const person of concerned)
      Object.assign(
        person,
        act.do === 'admit' ? { admittedAt: at } : { removedAt: at, removedReason: act.reason },
      )
    return concerned.length || ids === 'all' ? { done: concerned.map(named) } : { refused: 'not_here' }
  }

  #give(
    id: string,
    by: Actor,
    at: number,
    given: readonly Grant[],
    now: (held: readonly Grant[]) => Grant[],
  ): ActOutcome {
    const person = this.people.get(id)
    if (!person || person.removedAt !== null) return { refused: 'not_here' }
    const held = this.held(id)
    if (by !== 'staff' && !given.every(grant => held.includes(grant) || this.held(by).includes(grant)))
      return { refused: 'not_held' }
    person.permissions = now(held)
    person.role = roleNames.find(role => String(roles[role]) === String(person.permissions)) ?? null
    // No link is stronger than who made it.
    for (const link of this.links.values())
      if (link.madeBy === id && !roles[link.role].every(grant => this.held(id).includes(grant)))
        link.revokedAt ??= at
    return { done: [named(person)] }
  }

  #kick(act: Extract<Act, { do: 'kick' }>, by: Actor, at: number): ActOutcome {
    const person = this.people.get(act.id)
    if (!person || person.removedAt !== null || act.id === by) return { refused: 'not_here' }
    const own = this.people.get(by)?.link
    if (act.link && person.link === own) return { refused: 'own_link' }
    Object.assign(person, { removedAt: at, removedReason: act.reason })
    if (act.link) for (const link of this.#beyond(person, own)) link.revokedAt ??= at
    for (const address of act.addresses) this.bans.push({ person: act.id, address })
    return { done: [named(person)] }
  }

  /** Somebody's link and those they made, with what was made by who came through these. */
  #beyond({ id, link }: Pick<WorldPerson, 'id' | 'link'>, own: string | undefined): Set<WorldLink> {
    const made = new Set<WorldLink>()
    const add = (next: WorldLink): void => {
      if (next.id === own || made.has(next)) return
      made.add(next)
      for (const other of this.links.values())
        if (this.people.get(other.madeBy ?? '')?.link === next.id) add(other)
    }
    for (const next of this.links.values()) if (next.id === link || next.madeBy === id) add(next)
    return made
  }

  /** What the channel reads of it. */
  facts(id: string): PersonFacts {
    const { name, link, permissions, role, ...person } = this.people.get(id)!
    const { role: linkRole, revokedAt = null } = this.links.get(link)!
    return {
      id,
      name,
      role: permissions ? role : linkRole,
      permissions: [...this.held(id)],
      removedAt: person.removedAt,
      removedReason: person.removedReason,
      admittedAt: person.admittedAt,
      joinedAt: NOON,
      link: { id: link, label: `Link ${link}` },
      opens: 'room',
      watermark: person.watermark ?? 'off',
      linkStartsAt: null,
      linkEndsAt: null,
      linkRevokedAt: revokedAt,
      displayChecked: false,
    }
  }

  roomFacts(change: Partial<RoomFacts> = {}): RoomFacts {
    return roomFacts({
      waitingRoom: this.waitingRoom,
      lockedAt: this.lock?.at ?? null,
      lockMessage: this.lock?.message ?? '',
      endedAt: this.endedAt,
      timecode: this.timecode,
      ...change,
    })
  }
}

const named = ({ id, name }: WorldPerson) => ({ id, name })
