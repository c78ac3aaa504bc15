import { Menu } from '../../../lib/menu.tsx'
import type { Live } from '../../live/room-store.ts'
import { knockSound, turnKnockSound } from '../../room/knock-sound.ts'
import { panel } from '../text.ts'
import type { Doing } from './doing.ts'
import type { Acting } from './use-act.ts'

const t = panel.people.room

interface RoomMenuProps {
  live: Live
  acting: Acting
  begin(doing: Doing): void
  /** Null while what does it is on its way. */
  setTimecode: (() => void) | null
}

/** What a host can do with the room as a whole. */
export function RoomMenu({ live, acting, begin, setTimecode }: RoomMenuProps) {
  const locked = live.room.value?.room.lock != null
  const loud = knockSound.value
  return (
    <Menu
      label={t.label}
      items={[
        locked
          ? { word: t.unlock, act: () => acting.act({ type: 'room.unlock' }) }
          : { word: t.lock, act: () => begin({ is: 'lock' }) },
        {
          word: t.muteAll,
          act: () => acting.act({ type: 'person.mute', who: { all: true } }, panel.people.done.muteAll),
        },
        ...(setTimecode ? [{ word: t.timecode, act: setTimecode }] : []),
        { word: t.wall, act: () => begin({ is: 'wall' }) },
        { word: t.removed, act: () => begin({ is: 'removed' }) },
        { word: loud ? t.knockOn : t.knockOff, act: () => turnKnockSound(!loud) },
        { word: t.end, act: () => begin({ is: 'end' }), danger: true },
      ]}
    />
  )
}
