import { Icon } from '../../lib/icon.tsx'
import type { Kit } from '../instruments/kit.tsx'
import { notes as t } from './text.ts'

/** Begins a note about the frame that is on screen. */
export function NoteTool({ kit: { live, notes } }: { kit: Kit }) {
  if (!live.you.value?.permissions.includes('annotate')) return null
  return (
    <button
      type="button"
      class="button ghost"
      title={t.buttonTitle}
      aria-keyshortcuts="N"
      onClick={() => notes.begin()}
    >
      <Icon name="note" />
      <span class="label">{t.button}</span>
    </button>
  )
}
