import { useEffect, useState } from 'preact/hooks'
import type { Ingest, Room, Session } from '../api/client.ts'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { CopyField } from '../ui/copy-field.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { encoderValues, type Protocol, protocols } from './encoder-values.ts'

interface PublishPanelProps {
  room: Room
  session: Session
  onChanged: () => Promise<void>
}

/** What an encoder needs to publish into the room, as OBS asks for it. */
export function PublishPanel({ room, session, onChanged }: PublishPanelProps) {
  const [protocol, setProtocol] = useState<Protocol>(session.demo ? 'whip' : 'rtmp')
  const [ingest, setIngest] = useState<Ingest | null>(null)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [rotating, setRotating] = useState(false)

  const load = async () => {
    setFailure(null)
    await api.ingest(room.id).then(setIngest, e => setFailure(asFailure(e)))
  }
  // Again when the room changed: somebody else may have changed the key.
  useEffect(() => {
    if (session.originConfigured) void load()
  }, [room.id, room.updatedAt, session.originConfigured])

  return (
    <section class="card">
      <header>
        <h2>{t.publish.title}</h2>
      </header>
      <div class="pad">
        {session.originConfigured ? (
          <Segmented
            label={t.publish.protocol}
            value={protocol}
            choices={protocols.map(value => ({ value, word: t.publish.protocols[value] }))}
            onValue={setProtocol}
          />
        ) : (
          <p class="soft">{t.publish.noOrigin}</p>
        )}
        {ingest &&
          encoderValues(ingest, protocol).map(line => (
            <CopyField key={`${protocol} ${line.label} ${line.value}`} {...line} />
          ))}
        {ingest && (
          <p class="dim small">
            {session.demo && protocol !== 'whip' ? t.publish.demo : t.publish.notes[protocol]}
          </p>
        )}
        <FailureNote failure={failure} />
        {failure && (
          <div>
            <Button onClick={load}>{t.tryAgain}</Button>
          </div>
        )}
      </div>
      {ingest && (
        <footer>
          <span>{t.publish.hidden}</span>
          <span class="grow" />
          <Button kind="ghost" icon="key" onClick={() => setRotating(true)}>
            {t.publish.rotate}
          </Button>
        </footer>
      )}
      {rotating && (
        <ConfirmDialog
          title={t.publish.rotateTitle}
          says={[t.publish.rotateSay]}
          word={t.publish.rotate}
          onClose={() => setRotating(false)}
          act={async () => {
            setIngest(await api.rotateIngest(room.id))
            announce(t.publish.rotated)
            void onChanged()
          }}
        />
      )}
    </section>
  )
}
