import { t } from '../text.ts'
import { Button, IconButton } from './button.tsx'
import { useCopy } from './copy.ts'

interface CopyButtonProps {
  text: string
  /** What is copied, as in “Copy link”. */
  what: string
  /** Words on the button; without them it is an icon alone. */
  word?: string | undefined
}

/** Copies and says so in its own place. */
export function CopyButton({ text, what, word }: CopyButtonProps) {
  const { state, copy } = useCopy()
  const act = () => void copy(text, what)
  const icon = state === 'copied' ? 'check' : 'copy'
  if (word === undefined)
    return (
      <span class="copy-button">
        {state !== 'idle' && (
          <span class="said">{state === 'copied' ? t.copy.copied : t.copy.notCopied}</span>
        )}
        <IconButton icon={icon} label={t.copy.label(what)} onClick={act} />
      </span>
    )
  return (
    <Button icon={icon} label={t.copy.label(what)} onClick={act}>
      {state === 'copied' ? t.copy.copied : state === 'failed' ? t.copy.notCopied : word}
    </Button>
  )
}
