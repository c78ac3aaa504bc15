import { useState } from 'preact/hooks'
import type { SessionItem } from '../api/client.ts'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { useLoaded } from '../api/use-loaded.ts'
import { api, signOutEverywhere } from '../session.ts'
import { SettingsGroup } from '../settings/settings-group.tsx'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { sayWhen } from '../time/say.ts'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { browserName } from './browser-name.ts'

/** Where the user is signed in; this browser first. */
export function SessionGroup() {
  const sessions = useLoaded(api.sessions)
  const [leaving, setLeaving] = useState(false)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const g = t.settings.sessions

  async function end(item: SessionItem) {
    setFailure(null)
    try {
      await api.endSession(item.id)
      announce(g.ended(nameOf(item)))
    } catch (e) {
      const refused = asFailure(e)
      // Gone already is what was wanted.
      if (refused.status !== 404) setFailure(refused)
    }
    await sessions.load()
  }

  return (
    <SettingsGroup title={g.title} says={g.says} from={sessions} notLoaded={g.notLoaded}>
      {items => (
        <>
          <section class="card">
            <table class="stack">
              <thead class="sr">
                <tr>
                  <th>{g.title}</th>
                  <th>{t.actions}</th>
                </tr>
              </thead>
              <tbody>
                {[...items]
                  .sort((a, b) => Number(b.current) - Number(a.current))
                  .map(item => (
                    <SessionRow key={item.id} item={item} onEnd={() => void end(item)} />
                  ))}
              </tbody>
            </table>
          </section>
          <FailureNote failure={failure} />
          <div>
            <Button onClick={() => setLeaving(true)}>{g.everywhere}</Button>
          </div>
          {leaving && (
            <ConfirmDialog
              title={g.everywhereTitle}
              says={[g.everywhereSay]}
              word={g.everywhere}
              onClose={() => setLeaving(false)}
              act={signOutEverywhere}
            />
          )}
        </>
      )}
    </SettingsGroup>
  )
}

const nameOf = (item: SessionItem): string =>
  browserName(item.userAgent ?? '') ?? t.settings.sessions.unknownBrowser

function SessionRow({ item, onEnd }: { item: SessionItem; onEnd: () => void }) {
  const g = t.settings.sessions
  const name = nameOf(item)
  const where = item.address ?? g.noAddress
  const seen = g.seen(sayWhen(Date.parse(item.seenAt), here()))
  return (
    <tr>
      <td>
        <b class="strong">{item.current ? g.thisBrowser : name}</b>
        <span class="sub">{[...(item.current ? [name] : []), where, g.via[item.via]].join(', ')}</span>
        {!item.current && <span class="sub">{seen}</span>}
      </td>
      <td class="menu">
        {item.current ? (
          <span class="dim now">{g.now}</span>
        ) : (
          <Button kind="ghost" label={g.endLabel(name, where)} onClick={onEnd}>
            {t.nav.signOut}
          </Button>
        )}
      </td>
    </tr>
  )
}
