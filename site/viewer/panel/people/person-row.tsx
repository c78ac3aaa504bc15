import type { HealthReport } from '../../../../worker/live/messages/health.ts'
import type { Person } from '../../../../worker/live/protocol.ts'
import { Icon, type IconName } from '../../../lib/icon.tsx'
import { Menu } from '../../../lib/menu.tsx'
import { Bars } from '../../health/bars.tsx'
import { sayBehind } from '../../health/say.ts'
import { t as words } from '../../health/text.ts'
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
  /** What their page measured, as far as one is told. */
  report: HealthReport | null
  /** Shows it; null for who may not see it. */
  openHealth: (() => void) | null
}

/** Somebody who is here: who, as what, since when, how they are connected, and what you can do about it. */
export function PersonRow({ person, you, files, now, start, report, openHealth }: PersonRowProps) {
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
        {report && <ReportSaid report={report} />}
        {person.displayChecked && `, ${t.displayChecked}`}
      </span>
      <Health name={name} health={person.health} open={openHealth} />
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
function Health({
  name,
  health,
  open,
}: {
  name: string
  health: Person['health']
  open: (() => void) | null
}) {
  if (health === 'unknown') return null
  const said = t.health[health]
  const shown = (
    <>
      <Bars level={levels[health]} />
      {said}
    </>
  )
  if (!open) return <span class="health">{shown}</span>
  return (
    <button type="button" class="health" aria-label={words.open(name, said)} onClick={open}>
      {shown}
    </button>
  )
}

/** For hosts: how late it is for them, and what is wrong in a word. */
function ReportSaid({ report: { cause, numbers } }: { report: HealthReport }) {
  const parts = [sayBehind(numbers), cause === 'none' ? null : words.brief[cause]].filter(Boolean)
  return <>{parts.map(part => `, ${part}`).join('')}</>
}
