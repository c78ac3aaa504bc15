import { useState } from 'preact/hooks'
import { callOf } from '../../lib/call-of.ts'
import { Menu } from '../../lib/menu.tsx'
import type { Kit } from '../instruments/kit.tsx'
import { saveAs } from '../transfer/save.ts'
import { notes } from './text.ts'

const t = notes.export
const formats = ['edl', 'csv', 'fcpxml', 'avid', 'txt'] as const

/** Saves the notes of this place as a file for an editing system. */
export function ExportMenu({ kit: { live, token } }: { kit: Kit }) {
  const [failed, tell] = useState(false)
  const save = async (format: (typeof formats)[number]) => {
    tell(false)
    const sub = live.room.peek()?.sub?.name
    const query = new URLSearchParams({ format, ...(sub ? { room: sub } : {}) })
    try {
      for (let part = 1, parts = 1; part <= parts; part++) {
        query.set('part', String(part))
        const answer = await fetch(
          `/api/room/export/notes?${query}`,
          callOf({ method: 'GET', token: token() }),
        )
        if (!answer.ok) return tell(true)
        parts = Number(answer.headers.get('X-Parts') ?? 1)
        const [, name = 'notes'] =
          /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') ?? '') ?? []
        saveAs(await answer.blob(), name)
      }
    } catch {
      tell(true)
    }
  }
  return (
    <>
      {failed && (
        <span class="sr" role="alert">
          {t.failed}
        </span>
      )}
      <Menu
        label={t.label}
        items={formats.map(format => ({ word: t.formats[format], act: () => void save(format) }))}
      />
    </>
  )
}
