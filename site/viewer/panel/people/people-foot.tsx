import { Icon } from '../../../lib/icon.tsx'
import { panel } from '../text.ts'
import type { Doing } from './doing.ts'
import type { Acting } from './use-act.ts'

const t = panel.people

interface PeopleFootProps {
  hosting: boolean
  inviting: boolean
  locked: boolean
  act: Acting['act']
  begin(doing: Doing): void
}

/** What is done most often with the room, for those who may; for everybody else there is no foot. */
export function PeopleFoot({ hosting, inviting, locked, act, begin }: PeopleFootProps) {
  if (!hosting && !inviting) return null
  return (
    <div class="panel-foot">
      <div class="row">
        {inviting && (
          <button type="button" class="button grow" onClick={() => begin({ is: 'invite' })}>
            <Icon name="link" />
            {panel.invite.open}
          </button>
        )}
        {hosting && (
          <button
            type="button"
            class="button grow"
            onClick={() => act({ type: 'person.mute', who: { all: true } }, t.done.muteAll)}
          >
            <Icon name="mic-off" />
            {t.foot.mute}
          </button>
        )}
        {hosting && (
          <button
            type="button"
            class="button grow"
            onClick={() => (locked ? act({ type: 'room.unlock' }) : begin({ is: 'lock' }))}
          >
            <Icon name="lock" />
            {locked ? t.foot.unlock : t.foot.lock}
          </button>
        )}
      </div>
    </div>
  )
}
