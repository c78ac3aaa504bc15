import { t } from '../text.ts'
import { Status } from '../ui/glyph.tsx'
import { Door } from './door.tsx'

/** The last page of somebody who only watches: there is nothing for them in the admin. */
export function GuestReady({ title }: { title: string }) {
  return (
    <Door>
      <h1>{title}</h1>
      <p>
        <Status is="good">{t.welcome.guestReady}</Status>
      </p>
      <p>{t.welcome.guestNext}</p>
    </Door>
  )
}
