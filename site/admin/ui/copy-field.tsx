import { useState } from 'preact/hooks'
import { t } from '../text.ts'
import { IconButton } from './button.tsx'
import { CopyButton } from './copy-button.tsx'

interface CopyFieldProps {
  label: string
  value: string
  /** What is copied, when it is not written as it is shown. */
  text?: string
  /** Covered until its eye is pressed. */
  secret?: boolean
  /** Nothing to copy, only to read. */
  plain?: boolean
}

/** A value to take elsewhere. A covered one is not in the page at all: neither a screenshot nor a search finds it. */
export function CopyField({ label, value, text = value, secret = false, plain = false }: CopyFieldProps) {
  const [shown, setShown] = useState(!secret)
  return (
    <div class="copy-field">
      <span>{label}</span>
      {plain ? (
        <span class="plain">{value}</span>
      ) : (
        <>
          {/* A long value scrolls, and the keyboard must reach that. */}
          <code tabIndex={shown ? 0 : undefined}>
            <span>{shown ? value : '•'.repeat(24)}</span>
          </code>
          <span class="acts">
            {secret && (
              <IconButton
                icon="eye"
                label={shown ? t.copy.hide(label) : t.copy.show(label)}
                onClick={() => setShown(!shown)}
              />
            )}
            <CopyButton text={text} what={label} word={t.copy.word} />
          </span>
        </>
      )}
    </div>
  )
}
