import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { sayClock, sayDuration, saySpan } from '../time/say.ts'
import { Status } from '../ui/glyph.tsx'
import { type Attendee, barOf, type Sitting } from './sittings.ts'

/** One sitting: its span, and under it everybody's stays, drawn to the same scale. */
export function SittingRows({ sitting }: { sitting: Sitting }) {
  const now = here()
  const span = saySpan(new Date(sitting.from).toISOString(), new Date(sitting.to).toISOString(), now)
  return (
    <tbody>
      <tr class="sitting">
        <th scope="rowgroup" colSpan={4}>
          {span} <span class="dim">{t.attendance.people(sitting.attendees.length)}</span>
        </th>
      </tr>
      {sitting.attendees.map(attendee => (
        <tr key={attendee.person.id}>
          <td>
            <b class="strong">{attendee.person.name}</b>
            <span class="sub" title={attendee.addresses.join(', ')}>
              {attendee.link && t.attendance.through(attendee.link.label)}
            </span>
          </td>
          <td class="drawn">
            <Stays sitting={sitting} attendee={attendee} />
          </td>
          <td class="when">{sayStays(attendee, now.zone)}</td>
          <td class="right length">
            {sayWatched(attendee)}
            {isHere(attendee) && (
              <span class="sub">
                <Status is="good">{t.attendance.here}</Status>
              </span>
            )}
          </td>
        </tr>
      ))}
    </tbody>
  )
}

/** The stays as bars over the sitting's span; the words beside them say the same. */
function Stays({ sitting, attendee }: { sitting: Sitting; attendee: Attendee }) {
  return (
    <svg class="stays" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="span" width="100" height="8" />
      {attendee.stays.map(stay => {
        const { start, length } = barOf(sitting, stay)
        return (
          <rect
            key={stay.from}
            class={stay.to === null ? 'stay here' : 'stay'}
            // A stay of seconds must still be seen.
            x={Math.min(start * 100, 99)}
            width={Math.max(length * 100, 1)}
            height="8"
          />
        )
      })}
    </svg>
  )
}

const isHere = ({ stays }: Attendee): boolean => stays.some(stay => stay.to === null)

const sayWatched = (attendee: Attendee): string =>
  attendee.ms === 0 && !isHere(attendee) ? t.attendance.noPicture : sayDuration(attendee.ms)

const sayStays = ({ stays }: Attendee, zone: string): string =>
  stays
    .map(({ from, to }) =>
      to === null
        ? t.attendance.since(sayClock(from, zone))
        : t.attendance.span(sayClock(from, zone), sayClock(to, zone)),
    )
    .join(', ')
