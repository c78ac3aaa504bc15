import { useState } from 'preact/hooks'
import type { Invitation } from '../../../../worker/invitations/schema.ts'
import type { Live } from '../../live/room-store.ts'
import { PanelForm } from '../forms/panel-form.tsx'
import { panel } from '../text.ts'
import { InviteForm } from './invite-form.tsx'
import { LinkList } from './link-list.tsx'
import { LinkOut } from './link-out.tsx'
import { linkUntil } from './link-words.ts'
import type { Links } from './links-api.ts'

const t = panel.invite

interface InvitePanelProps {
  live: Live
  links: Links
  close(): void
}

/** Making a link, what was made, and the links there are: one at a time, beside the picture. */
export function InvitePanel({ live, links, close }: InvitePanelProps) {
  const [view, show] = useState<'form' | 'list' | { made: Invitation }>('form')
  const own = live.you.value?.permissions ?? []
  const fresh = () => show('form')
  const all = () => show('list')
  if (view === 'form')
    return (
      <InviteForm
        own={own}
        now={live.now}
        links={links}
        made={made => show({ made })}
        all={all}
        close={close}
      />
    )
  if (view === 'list') return <LinkList own={own} now={live.now} links={links} fresh={fresh} close={close} />
  return <Made link={view.made} now={live.now()} fresh={fresh} all={all} close={close} />
}

interface MadeProps {
  link: Invitation
  /** The server's clock, in ms. */
  now: number
  fresh(): void
  all(): void
  close(): void
}

function Made({ link, now, fresh, all, close }: MadeProps) {
  const until = linkUntil(link, now)
  const says = until === null ? t.made.saysWithoutEnd : t.made.says(until)
  return (
    <PanelForm title={t.made.title(link.label)} says={says} send={null} close={close}>
      {link.url !== null && <LinkOut label={link.label} url={link.url} />}
      <div class="row">
        <button type="button" class="button" onClick={fresh}>
          {t.fresh}
        </button>
        <button type="button" class="button" onClick={all}>
          {t.all}
        </button>
      </div>
    </PanelForm>
  )
}
