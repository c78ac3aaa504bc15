import type { Live } from '../live/room-store.ts'
import { panel } from './text.ts'

const t = panel.notices

/** What hosts told this person or everybody, until it is put away: in the panel, never over the picture. */
export function NoticeList({ live }: { live: Live }) {
  const notices = live.notices.value
  if (!notices.length) return null
  return (
    <ul class="notice-list" aria-label={t.label}>
      {notices.map(notice => (
        <li key={notice.seq} class="plate">
          <div class="grow">
            <b>{t[notice.kind](notice.from.name)}</b>
            {notice.text && <p>{notice.text}</p>}
          </div>
          <button type="button" class="button" onClick={() => live.dismiss(notice)}>
            {t.dismiss}
          </button>
        </li>
      ))}
    </ul>
  )
}
