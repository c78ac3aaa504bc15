import type { Person } from '../../../../worker/live/protocol.ts'
import { Icon, type IconName } from '../../../lib/icon.tsx'
import { Menu } from '../../../lib/menu.tsx'
import type { You } from '../../live/room-state.ts'
import { t as page } from '../../text.ts'
import type { Files } from '../../transfer/open.ts'
import { useDrop } from '../../transfer/use-drop.ts'
import { sayWhen } from '../../when.ts'
import { panel } from '../text.ts'
import { actsFor, type PersonAct } from './may.ts'

const t = panel.people

interface PersonRowProps {
  person: Person
  you: You
  files: Files | null
  /** The server's clock, in ms. */
  now: number
  start(act: PersonAct, person: Person): void
}

/** Somebody who is here: who, as what, since when, how they are connected, and what you can do about it. */
export function PersonRow({ person, you, files, now, start }: PersonRowProps) {
  const { id, name, role, since, hand, microphone, camera } = person
  const canSend = files?.canSendTo(person) ?? false
  const { dropping, ...drop } = useDrop(canSend ? file => files!.draft(person, file) : null)
  const items = actsFor(you, person, canSend).map(act => ({
    word: t.menu[act],
    act: () => start(act, person),
  }))
  return (
    <li
      class={dropping ? 'person-row dropping' : 'person-row'}
      data-row
      {...drop}
      onContextMenu={event => {
        const more = event.currentTarget.querySelector<HTMLElement>('.more')
        if (!more) return
        event.preventDefault()
        if (more.getAttribute('aria-expanded') !== 'true') more.click()
      }}
    >
      <span class="name">
        <span class="trunc" title={name}>
          {name}
        </span>
        <span class="tag">{roleWord(role)}</span>
        {hand && <Sign icon="hand" says={t.hand} />}
        {microphone !== 'off' && (
          <Sign icon={microphone === 'on' ? 'mic' : 'mic-off'} says={t.microphone[microphone]} />
        )}
        {camera === 'on' && <Sign icon="still" says={t.camera} />}
      </span>
      <span class="sub num">
        {id === you.id ? t.you : t.since(sayWhen(Date.parse(since), now, page.times))}
      </span>
      <Health health={person.health} />
      {/* Kept free in your own row, so that the columns stand under each other. */}
      <span class="act">{items.length > 0 && <Menu label={t.actions(name)} items={items} />}</span>
    </li>
  )
}

const roleWord = (role: string | null): string =>
  role !== null && Object.hasOwn(t.roles, role) ? t.roles[role as keyof typeof t.roles] : t.roles.own

function Sign({ icon, says }: { icon: IconName; says: string }) {
  return (
    <span class="sign" title={says}>
      <Icon name={icon} />
      <span class="sr">{says}</span>
    </span>
  )
}

const levels = { good: 3, fair: 2, poor: 1, lost: 0 } as const

/** Nothing is said of a connection that nobody knows. */
function Health({ health }: { health: Person['health'] }) {
  if (health === 'unknown') return null
  return (
    <span class="health">
      <span class="bars" data-level={levels[health]} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {t.health[health]}
    </span>
  )
}
