import { useState } from 'preact/hooks'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { saveFile } from '../ui/save-file.ts'

/** The room as a file that a Galene server takes. */
export function ExportGalene({ roomId }: { roomId: string }) {
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [busy, setBusy] = useState(false)
  const s = t.roomSettings

  async function save() {
    setBusy(true)
    setFailure(null)
    try {
      const { name, definition } = await api.exportGalene(roomId)
      saveFile(`${name}.json`, `${JSON.stringify(definition, null, 2)}\n`, 'application/json')
    } catch (e) {
      setFailure(asFailure(e))
    }
    setBusy(false)
  }

  return (
    <>
      <p class="soft small">{s.exportSay}</p>
      <div>
        <Button icon="download" disabled={busy} onClick={() => void save()}>
          {s.export}
        </Button>
      </div>
      <FailureNote failure={failure} />
    </>
  )
}
