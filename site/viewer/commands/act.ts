import type { RefusedCode } from '../../../worker/live/protocol.ts'
import { commands as t, chat as words } from '../../text/en.ts'
import type { Told } from '../chat/asides.ts'
import type { Outcome } from '../live/outcome.ts'
import type { Live } from '../live/room-store.ts'
import { sayWhen } from '../when.ts'
import type { Intent, PageIntent, RoomIntent } from './intent.ts'
import { messageFor } from './messages.ts'
import { type Answer, carryOut, offered } from './registry.ts'
import { helpLines } from './say.ts'
import { changeSetting, listSettings } from './settings.ts'

/** What a line leads to, beside what is said. */
export interface Effects {
  /** Writes a message. */
  write(text: string, me: boolean, to: { id: string; name: string } | null): void
  /** Asks whether it is really meant. */
  ask(what: 'clear' | 'end'): void
}

/** Does what somebody wants. Never rejects. @returns null when there is nothing to tell */
export async function act(intent: Intent, live: Live, effects: Effects): Promise<Told | null> {
  const permissions = live.you.value?.permissions ?? []
  switch (intent.is) {
    case 'say':
      effects.write(intent.text, intent.me, intent.to)
      return null
    case 'clear':
    case 'end':
      effects.ask(intent.is)
      return null
    case 'help':
      return answer(helpLines(intent.about, { permissions, offered: offered.value }))
    case 'set':
      return intent.key === null ? answer(listSettings()) : changed(changeSetting(intent.key, intent.value))
    case 'unset':
      return changed(changeSetting(intent.key, undefined))
    case 'admit':
      if (intent.who === null && live.waiting.value.length === 0)
        return { is: 'fault', lines: [t.nobodyWaits] }
      return toldOf(intent, await live.send(messageFor(intent, permissions)))
    default:
      return isForPage(intent)
        ? byPage(intent)
        : toldOf(intent, await live.send(messageFor(intent, permissions)))
  }
}

/** Why something was not done. */
export const refusalWord = (code: RefusedCode): string => words.why[code]

const pageIntents: readonly string[] = [
  'leave',
  'invite',
  'reinvite',
  'revoke',
  'listtokens',
  'subgroups',
  'sendfile',
  'relay-test',
  'renegotiate',
] satisfies PageIntent['is'][]
const isForPage = (intent: PageIntent | RoomIntent): intent is PageIntent => pageIntents.includes(intent.is)

async function byPage(intent: PageIntent): Promise<Told | null> {
  try {
    return answer(await carryOut(intent))
  } catch {
    return { is: 'fault', lines: [t.failed] }
  }
}

function toldOf(intent: RoomIntent, outcome: Outcome): Told | null {
  if ('lost' in outcome) return { is: 'fault', lines: [t.lost] }
  if ('refused' in outcome) return { is: 'fault', lines: [refusedLine(outcome.refused)] }
  if (outcome.done?.type === 'identity') return answer(identityLines(outcome.done))
  const line = t.done[intent.is]
  return answer(line === null ? [] : [line])
}

/** Of a command some reasons read otherwise than of a message. */
export function refusedLine(code: RefusedCode): string {
  if (code === 'not_saved') return t.failed
  return code === 'forbidden' ? t.notAllowed : refusalWord(code)
}

function identityLines({ person, address, userAgent, link, joinedAt }: Identity): Answer {
  return [
    t.identity.who(person.name, person.id),
    address === null ? t.identity.noAddress : t.identity.address(address),
    ...(userAgent === null ? [] : [userAgent]),
    t.identity.link(link.label),
    t.identity.since(sayWhen(Date.parse(joinedAt), Date.now(), words.times)),
  ]
}
type Identity = Extract<NonNullable<Extract<Outcome, { done: unknown }>['done']>, { type: 'identity' }>

const answer = (lines: Answer): Told | null => (lines.length > 0 ? { is: 'answer', lines } : null)
const changed = (change: ReturnType<typeof changeSetting>): Told =>
  'now' in change ? { is: 'answer', lines: [change.now] } : { is: 'fault', lines: [change.wrong] }
