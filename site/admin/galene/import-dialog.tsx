import { useId, useState } from 'preact/hooks'
import type { Room } from '../api/client.ts'
import { useMaking } from '../forms/use-making.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { announce } from '../ui/announce.tsx'
import { TextArea, TextField } from '../ui/field.tsx'
import { Glyph } from '../ui/glyph.tsx'
import { MakingDialog } from '../ui/making-dialog.tsx'
import { definitionIn, importFaults, importRefusal, nameOfFile } from './import-draft.ts'

/** Makes a room of a Galene group: its file is chosen or pasted. */
export function ImportDialog({ onClose, onMade }: { onClose: () => void; onMade: (room: Room) => void }) {
  const [inFile, setInFile] = useState<readonly string[]>([])
  const file = useId()
  const g = t.galene

  const making = useMaking({
    empty: { name: '', text: '' },
    check: importFaults,
    async make(draft) {
      setInFile([])
      const room = (await api.importGalene(draft.name.trim(), definitionIn(draft.text))).value
      announce(g.made(room.title))
      onMade(room)
    },
    refusal(failure) {
      if (failure.code === 'slug_taken')
        return { faults: { name: { is: 'said', sentence: g.taken } }, failure: null }
      const shown = importRefusal(failure.fields)
      setInFile(shown.inFile)
      return { faults: shown.faults, failure: failure.fields.length > 0 ? null : failure }
    },
  })
  const { draft, faults } = making

  const change = (next: typeof draft) => {
    making.setDraft(next)
    setInFile([])
  }

  async function take(chosen: File | undefined) {
    if (!chosen) return
    const text = await chosen.text()
    change({ name: draft.name || nameOfFile(chosen.name), text })
  }

  return (
    <MakingDialog title={g.title} word={g.make} making={making} onClose={onClose}>
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
    </MakingDialog>
  )
}
