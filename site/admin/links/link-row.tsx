import { useState } from 'preact/hooks'
import { Menu } from '../../lib/menu.tsx'
import type { Link, Room } from '../api/client.ts'
import { may } from '../session.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Glyph } from '../ui/glyph.tsx'
import { EditLinkDialog } from './edit-link-dialog.tsx'
import { linkActions } from './link-actions.ts'
import { linkDevices, linkName, linkNotes, linkRole, linkState, linkUntil, linkUses } from './link-words.ts'
import { useLinkCalls } from './use-link-calls.tsx'

interface LinkRowProps {
  room: Room
  link: Link
  onChanged: () => Promise<void>
}

/** One link and what can be done with it. */
export function LinkRow({ room, link, onChanged }: LinkRowProps) {
  const [editing, setEditing] = useState(false)
  const { run, dialog } = useLinkCalls({ link, onChanged })
  const now = here()
  const state = linkState(link, now)
  const uses = linkUses(link)
  const c = t.links.columns
  const items = linkActions(link, may('links:write')).map(action => ({
    word: t.links.actions[action],
    act: () => (action === 'edit' ? setEditing(true) : run(action)),
  }))
  return (
    <tr data-row>
      <td>
        <b class="strong">{link.label}</b>
        <span class="sub">{linkName(link)}</span>
        {linkNotes(link).map(note => (
          <span class="sub" key={note}>
            {note}
          </span>
        ))}
      </td>
      <td data-l={c.role}>{linkRole(link)}</td>
      <td data-l={c.pin}>{link.pin ? t.yes : t.no}</td>
      <td data-l={c.until}>{linkUntil(link, now)}</td>
      <td data-l={c.devices}>
        {linkDevices(link)}
        {uses && <span class="sub">{uses}</span>}
      </td>
      <td class="state">
        <span class={state.coloured ? `status ${state.glyph}` : 'status'}>
          <Glyph is={state.glyph} />
          {state.word}
        </span>
      </td>
      <td class="menu">
        <div class="row">
          {link.url !== null && link.state !== 'revoked' && (
            <CopyButton text={link.url} what={t.links.linkOf(link.label)} />
          )}
          {items.length > 0 && <Menu label={t.actionsFor(link.label)} items={items} />}
        </div>
        {editing && (
          <EditLinkDialog
            room={room}
            link={link}
            onClose={() => setEditing(false)}
            onSaved={() => {
              setEditing(false)
              void onChanged()
            }}
          />
        )}
        {dialog}
      </td>
    </tr>
  )
}
