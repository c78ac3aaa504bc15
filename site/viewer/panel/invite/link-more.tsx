import { useEffect, useRef } from 'preact/hooks'
import type { Invitation } from '../../../../worker/invitations/schema.ts'
import { panel } from '../text.ts'
import { localInput } from './draft.ts'
import { LinkOut } from './link-out.tsx'
import { TimeField } from './time-field.tsx'
import type { LinksUse, Opened } from './use-links.ts'

const t = panel.invite

interface LinkMoreProps {
  link: Invitation
  is: Opened['is']
  /** The server's clock, in ms. */
  now: number
  use: LinksUse
}

/** What a link of the list shows of itself, or asks before it is done. */
export function LinkMore({ link, is, now, use }: LinkMoreProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const before = document.activeElement
    box.current?.querySelector<HTMLElement>('input, button')?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [is])
  const keep = () => use.open(null)
  const setEnd = () => {
    const field = box.current?.querySelector('input')
    const at = Date.parse(field?.value ?? '')
    if (Number.isNaN(at)) field?.focus()
    else use.extend(link, new Date(at).toISOString())
  }
  return (
    <div class="link-more" ref={box}>
      {is === 'show' && link.url !== null && <LinkOut label={link.label} url={link.url} />}
      {is === 'end' && (
        <TimeField
          name="end"
          label={t.list.end}
          hint={t.untilHint}
          value={localInput(link.endsAt === null ? now : Date.parse(link.endsAt))}
        />
      )}
      {is === 'revoke' && <p>{t.list.revokeSays}</p>}
      <div class="row">
        {is === 'end' && (
          <button type="button" class="button primary" aria-busy={use.busy} onClick={setEnd}>
            {t.list.setEnd}
          </button>
        )}
        {is === 'revoke' && (
          <button
            type="button"
            class="button primary"
            aria-busy={use.busy}
            onClick={() => use.busy || use.revoke(link)}
          >
            {t.list.revoke}
          </button>
        )}
        <button type="button" class="button" onClick={keep}>
          {is === 'show' ? t.list.hide : t.list.keep}
        </button>
      </div>
    </div>
  )
}
