import { Icon } from '../../lib/icon.tsx'
import { t } from '../text.ts'
import type { Files } from '../transfer/open.ts'

interface OffersProps {
  files: Files
  /** Opens the panel, where they are answered; null while it is open. */
  open: (() => void) | null
}

/** That somebody offers a file: said once, politely, and a mark while the panel is closed. */
export function Offers({ files, open }: OffersProps) {
  const asked = files.list.value.filter(({ phase }) => phase === 'asked')
  return (
    <>
      <span class="sr" role="status">
        {asked.map(({ peer, file }) => t.files.offers(peer.name, file.name)).join(' ')}
      </span>
      {open && asked.length > 0 && (
        <button type="button" class="button" onClick={open}>
          <Icon name="file" />
          {t.files.offered(asked.length)}
        </button>
      )}
    </>
  )
}
