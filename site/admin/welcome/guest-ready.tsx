import { Door } from '../sign-in/door.tsx'
import { t } from '../text.ts'
import { Status } from '../ui/glyph.tsx'

/** The last page of somebody who only watches: there is nothing for them in the admin. */
export function GuestReady() {
  return (
    <Door>
      <h1>{t.welcome.guest}</h1>
      <p>
        <Status is="good">{t.welcome.guestReady}</Status>
      </p>
      <p>{t.welcome.guestNext}</p>
    </Door>
  )
}
