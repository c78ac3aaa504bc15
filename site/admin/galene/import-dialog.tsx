import { useId, useState } from 'preact/hooks'
import type { Room } from '../api/client.ts'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import type { Faults } from '../forms/faults.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { TextArea, TextField } from '../ui/field.tsx'
import { focusFault } from '../ui/focus-fault.ts'
import { Glyph } from '../ui/glyph.tsx'
import { definitionIn, importFaults, importRefusal, nameOfFile } from './import-draft.ts'

/** Makes a room of a Galene group: its file is chosen or pasted. */
export function ImportDialog({ onClose, onMade }: { onClose: () => void; onMade: (room: Room) => void }) {
  const [draft, setDraft] = useState({ name: '', text: '' })
  const [faults, setFaults] = useState<Faults>({})
  const [inFile, setInFile] = useState<readonly string[]>([])
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [busy, setBusy] = useState(false)
  const file = useId()
  const g = t.galene

  const change = (next: typeof draft) => {
    setDraft(next)
    setFaults({})
    setInFile([])
  }

  async function take(chosen: File | undefined) {
    if (!chosen) return
    const text = await chosen.text()
    change({ name: draft.name || nameOfFile(chosen.name), text })
  }

  async function make() {
    if (busy) return
    const found = importFaults(draft)
    setFaults(found)
    setInFile([])
    setFailure(null)
    if (Object.keys(found).length > 0) return focusFault()
    setBusy(true)
    try {
      const room = (await api.importGalene(draft.name.trim(), definitionIn(draft.text))).value
      announce(g.made(room.title))
      onMade(room)
    } catch (e) {
      const refused = asFailure(e)
      const shown = importRefusal(refused.fields)
      setFaults(refused.code === 'slug_taken' ? { name: { is: 'said', sentence: g.taken } } : shown.faults)
      setInFile(shown.inFile)
      setFailure(refused.fields.length > 0 || refused.code === 'slug_taken' ? null : refused)
      setBusy(false)
      focusFault()
    }
  }

  return (
    <Dialog
      title={g.title}
      onClose={onClose}
      onSubmit={make}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button kind="primary" type="submit" disabled={busy}>
            {g.make}
          </Button>
        </>
      }
    >
      <p>{g.says}</p>
      <div class="field">
        <label for={file}>{g.file}</label>
        <input
          id={file}
          class="input file"
          type="file"
          accept=".json,application/json"
          data-first
          onChange={e => void take(e.currentTarget.files?.[0])}
        />
      </div>
      <TextField
        label={g.name}
        hint={g.nameHint}
        value={draft.name}
        onValue={name => change({ ...draft, name })}
        fault={faults.name}
        maxLength={200}
      />
      <TextArea
        label={g.text}
        rows={8}
        mono
        value={draft.text}
        onValue={text => change({ ...draft, text })}
        fault={faults.text}
      />
      {inFile.length > 0 && (
        <div class="refusal" role="alert">
          <Glyph is="poor" />
          <div>
            {g.wrong}
            <ul class="in-file">
              {inFile.map(said => (
                <li key={said}>{said}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <FailureNote failure={failure} />
    </Dialog>
  )
}
