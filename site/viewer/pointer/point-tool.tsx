import { Icon } from '../../lib/icon.tsx'
import { pointer as t } from '../../text/en.ts'
import type { Kit } from '../instruments/kit.tsx'

export function PointTool({ kit: { pointer } }: { kit: Kit }) {
  if (!pointer.may.value) return null
  return (
    <button
      type="button"
      class="button ghost"
      title={t.withKey(t.point, 'P')}
      aria-keyshortcuts="P"
      aria-pressed={pointer.tool.value}
      onClick={() => {
        pointer.tool.value = !pointer.tool.value
      }}
    >
      <Icon name="point" />
      <span class="label">{t.point}</span>
    </button>
  )
}
