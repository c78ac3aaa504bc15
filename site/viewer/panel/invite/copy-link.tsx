import { useState } from 'preact/hooks'
import { copyText } from '../../../lib/copy-text.ts'
import { panel } from '../text.ts'

const t = panel.invite

/** Copies a link of the list. */
export function CopyLink({ label, url }: { label: string; url: string }) {
  const [said, say] = useState<string | null>(null)
  return (
    <>
      <button
        type="button"
        class="button"
        aria-label={t.copyLabel(label)}
        onClick={async () => say((await copyText(url)) ? t.copied : t.notCopied)}
      >
        {said === t.copied ? t.copiedShort : t.copy}
      </button>
      <span class="sr" role="status">
        {said}
      </span>
    </>
  )
}
