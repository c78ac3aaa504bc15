import type { ChatMessage } from '../../../../worker/live/protocol.ts'
import { copyText } from '../../../lib/copy-text.ts'
import { MenuList } from '../../../lib/menu.tsx'
import type { Live } from '../../live/room-store.ts'
import { chat as t } from '../text.ts'
import { edit, question, reply, replyTo } from './compose.ts'
import { actionsOn, type MessageAction } from './message-actions.ts'

interface MessageMenuProps {
  live: Live
  message: ChatMessage
  anchor: HTMLElement
  have(saying: Parameters<Live['send']>[0]): void
  close(): void
}

/** What can be done with one message. */
export function MessageMenu({ live, message, anchor, have, close }: MessageMenuProps) {
  const you = live.you.value
  if (!you) return null
  const { from, id, text } = message
  const setPrivate = (to: { id: string; name: string } | null) => {
    live.privateTo.value = to
  }
  const acts: Record<MessageAction, () => void> = {
    reply: () => reply(message, you.id, setPrivate),
    private() {
      replyTo.value = null
      setPrivate(from)
    },
    // Where that fails there is still selecting.
    copy: () => void copyText(text),
    edit: () => edit(message),
    delete: () => have({ type: 'chat.delete', which: { id } }),
    deleteAllOf() {
      question.value = { what: 'of', who: from }
    },
    clear() {
      question.value = { what: 'clear' }
    },
  }
  const here = new Set(live.people.value.map(person => person.id))
  const items = actionsOn(message, { id: you.id, permissions: you.permissions, here }).map(action => ({
    word: action === 'deleteAllOf' ? t.menu.deleteAllOf(from.name) : t.menu[action],
    act: acts[action],
  }))
  return (
    <MenuList
      id="message-menu"
      label={t.menu.label(from.name)}
      items={items}
      anchor={anchor}
      onClose={close}
    />
  )
}
