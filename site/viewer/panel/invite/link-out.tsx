import { useId, useState } from 'preact/hooks'
import { copyText } from '../../../lib/copy-text.ts'
import { panel } from '../text.ts'
import { QrCode } from './qr-code.tsx'

const t = panel.invite

/** A link on its way to somebody: to copy, to share, to be taken with a camera. */
export function LinkOut({ label, url }: { label: string; url: string }) {
  const [said, say] = useState<string | null>(null)
  const id = useId()
  const copy = async () => say((await copyText(url)) ? t.copied : t.notCopied)
  return (
    <div class="link-out">
      <div class="field">
        <label for={id}>{t.link}</label>
        <input
          id={id}
          class="input mono"
          readOnly
          value={url}
          onFocus={event => event.currentTarget.select()}
        />
      </div>
      <div class="row">
        <button type="button" class="button" onClick={copy}>
          {t.copy}
        </button>
        {'share' in navigator && (
          <button type="button" class="button" onClick={async () => say(await share(url))}>
            {t.share}
          </button>
        )}
      </div>
      <p class="hint" role="status">
        {said}
      </p>
      <QrCode label={label} text={url} />
    </div>
  )
}

/** Only the address: the room's name is nobody's business but theirs. Why it was not shared, if not by choice. */
async function share(url: string): Promise<string | null> {
  try {
    await navigator.share({ url })
    return null
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError' ? null : t.notShared
  }
}
