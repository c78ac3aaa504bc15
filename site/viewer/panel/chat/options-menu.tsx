import type { Grant } from '../../../../worker/links/permissions.ts'
import { Menu, type MenuItem } from '../../../lib/menu.tsx'
import { messageSound, turnMessageSound } from '../../room/message-sound.ts'
import { chat as t } from '../text.ts'
import { captioning, draft, field, question } from './compose.ts'

/** What can be done with the conversation as a whole. */
export function OptionsMenu({ permissions }: { permissions: readonly Grant[] }) {
  const sound = messageSound.value
  const items: MenuItem[] = [
    {
      word: t.options.commands,
      act() {
        draft.value = '/'
        field.current?.focus()
      },
    },
    { word: sound ? t.options.silence : t.options.sound, act: () => turnMessageSound(!sound) },
  ]
  if (permissions.includes('caption'))
    items.push({
      word: captioning.value ? t.options.noCaptions : t.options.captions,
      act() {
        captioning.value = !captioning.value
      },
    })
  if (permissions.includes('op'))
    items.push({
      word: t.menu.clear,
      act() {
        question.value = { what: 'clear' }
      },
    })
  return <Menu label={t.options.label} items={items} />
}
