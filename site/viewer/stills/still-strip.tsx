import { useEffect, useState } from 'preact/hooks'
import type { Still } from '../../../worker/stills/schema.ts'
import { Icon } from '../../lib/icon.tsx'
import { Menu, type MenuItem } from '../../lib/menu.tsx'
import type { Desk } from '../instruments/desk.ts'
import type { Wipe } from '../wipe/wipe.ts'
import { sayFault } from './say-fault.ts'
import type { Grabbed, Stills } from './stills.ts'
import { words } from './text.ts'

interface StripProps {
  desk: Pick<Desk, 'live'>
  stills: Stills
  wipe: Wipe
}

/** Takes a still and shows it among the others. */
export async function takeStill(stills: Stills): Promise<void> {
  stills.open.value = true
  await stills.grab()
}

export function StillButton({ stills }: { stills: Stills }) {
  return (
    <button
      type="button"
      class="button ghost"
      title={words.button}
      aria-label={words.tool}
      aria-keyshortcuts="S"
      onClick={() => void takeStill(stills)}
    >
      <Icon name="still" />
      <span class="label">{words.tool}</span>
    </button>
  )
}

/** Stills between the picture and the bar: this tab's first, then the room's. */
export function StillStrip({ desk: { live }, stills, wipe }: StripProps) {
  useEffect(() => void stills.refresh(), [stills])
  const { permissions = [], id: own } = live.you.value ?? {}
  const holds = (grant: (typeof permissions)[number]) => permissions.includes(grant)
  const presents = holds('op') || holds('present')
  const grabbed = stills.grabbed.value
  const kept = stills.kept.value ?? []
  const fault = stills.fault.value
  const shown = live.shown.value?.id

  const showKept = (id: string): MenuItem[] =>
    !presents
      ? []
      : shown === id
        ? [{ word: words.menu.hide, act: () => void stills.hide() }]
        : [{ word: words.menu.show, act: () => void stills.show(id) }]
  const keepAndShow = async (still: Grabbed) => {
    const answer = await stills.keep(still)
    if ('id' in answer) await stills.show(answer.id)
  }
  const itemsOf = (still: Grabbed | Still): MenuItem[] => [
    ...('moment' in still
      ? [
          ...(holds('annotate') ? [{ word: words.menu.keep, act: () => void stills.keep(still) }] : []),
          ...(holds('annotate') && presents
            ? [{ word: words.menu.show, act: () => void keepAndShow(still) }]
            : []),
        ]
      : showKept(still.id)),
    { word: words.menu.save, act: () => void stills.save(still) },
    ...('moment' in still || still.by.id === own || holds('op')
      ? [{ word: words.menu.remove, act: () => void stills.remove(still) }]
      : []),
  ]

  return (
    <section class="still-strip" aria-label={words.title}>
      <header>
        <h3>{words.title}</h3>
        <p role="status">{fault ? sayFault(fault) : !grabbed.length && !kept.length && words.none}</p>
        <button
          type="button"
          class="button ghost icon-only"
          aria-label={words.close}
          onClick={() => {
            stills.open.value = false
          }}
        >
          <Icon name="close" />
        </button>
      </header>
      <ul>
        {grabbed.map(still => (
          <Card
            key={still.url}
            name={still.name}
            url={still.url}
            under={words.mine}
            items={itemsOf(still)}
            compare={wipe.compare}
          />
        ))}
        {kept.map(still => (
          <KeptCard
            key={still.id}
            still={still}
            stills={stills}
            items={itemsOf(still)}
            compare={wipe.compare}
          />
        ))}
      </ul>
    </section>
  )
}

interface CardProps {
  name: string
  /** Null while it is on its way. */
  url: string | null
  under: string
  items: MenuItem[]
  compare: Wipe['compare']
}

function KeptCard({
  still,
  stills,
  ...rest
}: { still: Still; stills: Stills } & Pick<CardProps, 'items' | 'compare'>) {
  const [url, tell] = useState<string | null>(null)
  useEffect(() => {
    let gone = false
    stills.urlOf(still.id).then(address => {
      if (!gone) tell(address)
    })
    return () => {
      gone = true
    }
  }, [still.id, stills])
  return <Card name={still.name} url={url} under={words.by(still.by.name)} {...rest} />
}

function Card({ name, url, under, items, compare }: CardProps) {
  return (
    <li>
      <button
        type="button"
        class="thumb"
        disabled={url === null}
        aria-label={words.compare(name)}
        title={words.menu.compare}
        onClick={() => url !== null && compare({ name, url })}
      >
        {url !== null && <img src={url} alt="" />}
      </button>
      <span class="name">{name.split('_').slice(1, -1).join('_') || name}</span>
      <small>{under}</small>
      <Menu label={words.actions(name)} items={items} />
    </li>
  )
}
