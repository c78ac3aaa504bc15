import { useEffect, useState } from 'preact/hooks'
import { FileCard } from './file-card.tsx'
import type { Files } from './open.ts'
import { files as t } from './text.ts'

/** How often speed and time left are said anew, in ms. */
const EVERY = 1000

/** Files on their way and what is asked about them, in the panel and never over the picture. */
export function FileList({ files }: { files: Files }) {
  const list = files.list.value
  const now = useNow(list.some(({ phase }) => phase === 'moving'))
  if (!list.length) return null
  return (
    <ul class="file-list" aria-label={t.label}>
      {list.map(transfer => (
        <FileCard key={transfer.id} transfer={transfer} files={files} now={now} />
      ))}
    </ul>
  )
}

function useNow(running: boolean): number {
  const [now, tell] = useState(Date.now())
  useEffect(() => {
    if (!running) return
    tell(Date.now())
    const timer = setInterval(() => tell(Date.now()), EVERY)
    return () => clearInterval(timer)
  }, [running])
  return now
}
