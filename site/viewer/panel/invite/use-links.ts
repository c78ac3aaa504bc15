import { useEffect, useState } from 'preact/hooks'
import type { Invitation } from '../../../../worker/invitations/schema.ts'
import { panel } from '../text.ts'
import { linkUntil } from './link-words.ts'
import type { Answer, Links } from './links-api.ts'
import { sayFailure } from './say-failure.ts'

const t = panel.invite

/** One link of the list that shows more of itself; never two, so that there is one light plate. */
export interface Opened {
  id: string
  is: 'show' | 'end' | 'revoke'
}

export interface LinksUse {
  /** Null: not known yet. */
  items: readonly Invitation[] | null
  /** Why the last thing did not come about. */
  fault: string | null
  /** What did. */
  said: string | null
  busy: boolean
  opened: Opened | null
  open(opened: Opened | null): void
  load(): Promise<void>
  extend(link: Invitation, endsAt: string): Promise<void>
  revoke(link: Invitation): Promise<void>
}

/** The room's links as the server last told them. Nothing is shown as done before it said so. */
export function useLinks(links: Links, now: () => number): LinksUse {
  const [items, tell] = useState<readonly Invitation[] | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [said, say] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [opened, open] = useState<Opened | null>(null)

  async function ask<T>(asking: Promise<Answer<T>>, done: (told: T) => void): Promise<void> {
    setBusy(true)
    setFault(null)
    say(null)
    const answer = await asking
    setBusy(false)
    if (typeof answer === 'object' && 'ok' in answer) done(answer.ok)
    else setFault(sayFailure(answer))
  }
  const load = () => ask(links.list(), tell)
  useEffect(() => {
    load()
  }, [links])

  return {
    items,
    fault,
    said,
    busy,
    opened,
    open,
    load,
    extend: ({ id, label }, endsAt) =>
      ask(links.extend(id, endsAt), link => {
        tell(known => known?.map(other => (other.id === id ? link : other)) ?? null)
        say(t.extended(label, linkUntil(link, now()) ?? t.list.noEnd))
        open(null)
      }),
    revoke: ({ id, label }) =>
      ask(links.revoke(id), () => {
        tell(known => known?.filter(other => other.id !== id) ?? null)
        say(t.revoked(label))
        open(null)
      }),
  }
}
