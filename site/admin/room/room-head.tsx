import { useState } from 'preact/hooks'
import { Menu, type MenuItem } from '../../lib/menu.tsx'
import type { Link, Room } from '../api/client.ts'
import { hostLink, reviewLink } from '../links/pick.ts'
import { roomHeadline } from '../rooms/room-words.ts'
import { go } from '../route.ts'
import { may } from '../session.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { saySpan } from '../time/say.ts'
import { Button, IconButton, LinkButton } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Status } from '../ui/glyph.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { type RoomDialog, RoomDialogs } from './room-dialogs.tsx'

interface RoomHeadProps {
  room: Room
  links: readonly Link[]
  onChanged: () => Promise<void>
  onDeleted: () => void
}

/** A room's name, state and what can be done to it. */
export function RoomHead({ room, links, onChanged, onDeleted }: RoomHeadProps) {
  const [dialog, open] = useState<RoomDialog | null>(null)
  const now = here()
  const state = roomHeadline(room, now)
  const span = saySpan(room.startsAt, room.endsAt, now)
  const host = hostLink(links)
  const review = reviewLink(links)
  const ended = room.state === 'ended'
  const items: MenuItem[] = [{ word: t.room.deleteWord, act: () => open('delete') }]
  return (
    <PageHead
      title={room.title}
      crumb={t.nav.rooms}
      sub={
        <>
          <span class="headline">
            <Status is={state.glyph}>{state.word}</Status>
          </span>
          {span && <span>{span}</span>}
          <span class="mono">/r/{room.slug}</span>
        </>
      }
    >
      {review && <LinkButton href={review.url}>{t.room.openReview}</LinkButton>}
      {host && <CopyButton text={host.url} what={t.room.hostLink} word={t.room.copyHost} />}
      {may('rooms:write') && (
        <>
          <Button onClick={() => open('edit')}>{t.room.editButton}</Button>
          <IconButton
            icon="settings"
            label={t.roomSettings.button}
            onClick={() => go({ page: 'room-settings', id: room.id })}
          />
          {ended ? (
            <Button onClick={() => open('reopen')}>{t.room.reopen}</Button>
          ) : (
            <Button kind="danger" onClick={() => open('end')}>
              {t.room.end}
            </Button>
          )}
        </>
      )}
      {may('rooms:delete') && <Menu label={t.actionsFor(room.title)} items={items} />}
      {dialog && (
        <RoomDialogs
          room={room}
          which={dialog}
          onClose={() => open(null)}
          onChanged={() => void onChanged()}
          onDeleted={onDeleted}
        />
      )}
    </PageHead>
  )
}
