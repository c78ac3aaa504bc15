import { Icon } from '../../lib/icon.tsx'
import { drawing as t } from '../../text/en.ts'
import type { Kit } from '../instruments/kit.tsx'

export function DrawTool({ kit: { live, drawing } }: { kit: Kit }) {
  if (!live.you.value?.permissions.includes('annotate')) return null
  return (
    <button
      type="button"
      class="button ghost"
      title={t.withKey(t.draw, 'D')}
      aria-keyshortcuts="D"
      onClick={() => drawing.begin(false)}
    >
      <Icon name="pen" />
      <span class="label">{t.draw}</span>
    </button>
  )
}
