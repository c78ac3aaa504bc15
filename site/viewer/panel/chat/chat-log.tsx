import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { ChatMessage } from '../../../../worker/live/protocol.ts'
import { Icon } from '../../../lib/icon.tsx'
import { countFrom, type Row, rowsOf, startOf } from '../../chat/rows.ts'
import type { Chat } from '../../chat/state.ts'
import type { Live } from '../../live/room-store.ts'
import { chat as t } from '../text.ts'
import { AsideRow } from './aside-row.tsx'
import { MessageRow } from './message-row.tsx'
import { UnsentList } from './unsent-list.tsx'
import { useLogScroll } from './use-log-scroll.ts'
import { useLongPress } from './use-long-press.ts'
import { useLooking } from './use-looking.ts'

/** Messages that are on the page at first, how many come with each step up, and when the oldest leave it again. */
const SHOWN = 150
const STEP = 100
const MOST = 400

interface ChatLogProps {
  live: Live
  /** A menu is open beside a message. */
  held: boolean
  /** Opens what can be done with a message, beside an element. */
  openMenu(message: ChatMessage, anchor: HTMLElement): void
}

/** The conversation, at its end unless somebody went up in it. */
export function ChatLog({ live, held, openMenu }: ChatLogProps) {
  const box = useRef<HTMLDivElement>(null)
  const { value: chat } = live.chat
  /** The key from which on messages are on the page; null: from the last so many on. */
  const above = useSignal<string | null>(null)
  const start = above.value ?? startOf(chat, SHOWN)
  const rows = rowsOf(chat, start)
  const more = start !== '' || chat.log.next !== null

  const older = () => {
    if (start !== '') above.value = startOf(chat, countFrom(chat, start) + STEP)
    else live.talk({ type: 'older', ref: live.newRef() })
  }
  const scroll = useLogScroll(box, {
    first: nameOf(rows.find(row => row.is !== 'new')),
    last: `${nameOf(rows.at(-1))} ${chat.unsent.length}`,
    own: lastOwn(chat),
    held,
    onTop() {
      if (more && chat.older.state === 'idle' && !chat.missing) older()
    },
  })
  if (scroll.atEnd && above.value !== null && countFrom(chat, above.value) > MOST) above.value = null
  else if (!scroll.atEnd && above.value === null) above.value = start
  useLooking(live, scroll.atEnd)

  const openFor = (element: Element | null) => {
    const line = element?.closest<HTMLElement>('[data-message]')
    const row = rows.find(row => row.is === 'message' && row.message.id === line?.dataset.message)
    if (line && row?.is === 'message') openMenu(row.message, line)
  }
  const press = useLongPress(openFor)
  const jump = (id: string) => {
    const line = box.current?.querySelector<HTMLElement>(`#said-${CSS.escape(id)}`)
    line?.scrollIntoView({ block: 'center' })
    line?.focus({ preventScroll: true })
  }
  const act = {
    again: (ref: string) => live.talk({ type: 'again', ref }),
    discard: (ref: string) => live.talk({ type: 'discard', ref }),
  }
  const unread = live.unread.value

  return (
    <div class="chat-area">
      <div class="body" ref={box} onScroll={scroll.scrolled}>
        <Beginning chat={chat} more={more} older={older} />
        <div role="log" aria-live={chat.older.state === 'loading' ? 'off' : 'polite'} aria-label={t.log}>
          <span id="chat-row-hint" hidden>
            {t.rowHint}
          </span>
          <ul class="chat-log" onKeyDown={event => walk(event, openFor)} onFocusCapture={rove} {...press}>
            {rows.map(row => {
              if (row.is === 'new')
                return (
                  <li key="new" class="new-mark">
                    {t.fresh}
                  </li>
                )
              if (row.is === 'aside')
                return <AsideRow key={row.aside.id} aside={row.aside} now={live.now()} />
              return (
                <MessageRow
                  key={row.message.id}
                  row={row}
                  you={chat.you}
                  now={live.now()}
                  jump={jump}
                  openMenu={openMenu}
                  {...act}
                />
              )
            })}
          </ul>
        </div>
        <UnsentList unsent={chat.unsent} {...act} />
      </div>
      {!scroll.atEnd && (
        <button type="button" class="button to-end" aria-label={t.toEnd} onClick={scroll.toEnd}>
          <Icon name="chevron" />
          {unread > 0 && <span>{t.below(unread)}</span>}
        </button>
      )}
    </div>
  )
}

/** What is above the first message. */
function Beginning({ chat, more, older }: { chat: Chat; more: boolean; older(): void }) {
  const { state } = chat.older
  if (state === 'loading')
    return (
      <p class="chat-top" role="status">
        {t.olderLoading}
      </p>
    )
  if (state === 'failed' || chat.missing)
    return (
      <p class="chat-top" role="alert">
        {chat.missing ? t.missing : t.olderFailed}
        <button type="button" class="button" onClick={older}>
          {t.tryAgain}
        </button>
      </p>
    )
  if (more)
    return (
      <p class="chat-top">
        <button type="button" class="button ghost" onClick={older}>
          {t.older}
        </button>
      </p>
    )
  return <p class="chat-top">{chat.log.items.length > 0 ? t.beginning : t.empty}</p>
}

/** What somebody wrote last, or had answered last. */
function lastOwn({ unsent, asides }: Chat): string {
  const answered = asides.findLast(({ what }) => 'lines' in what)?.id
  return `${unsent.findLast(({ kind }) => kind === 'chat')?.ref} ${answered}`
}

const nameOf = (row: Row | undefined): string =>
  row?.is === 'message' ? row.message.id : row?.is === 'aside' ? row.aside.id : (row?.is ?? '')

/** Only one message is in the way of Tab: the one that had the focus last. */
function rove(event: FocusEvent & { currentTarget: HTMLElement }): void {
  const line = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-message]') : null
  if (!line) return
  for (const other of event.currentTarget.querySelectorAll<HTMLElement>('[data-message][tabindex="0"]'))
    other.tabIndex = -1
  line.tabIndex = 0
}

/** Arrows, Home and End go from message to message; Enter and the menu keys open what can be done. */
function walk(event: KeyboardEvent & { currentTarget: HTMLElement }, open: (line: Element) => void): void {
  const { target } = event
  if (!(target instanceof HTMLElement) || !target.matches('[data-message]')) return
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-message]')]
  const at = lines.indexOf(target)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[event.key]
  if (to !== undefined) lines[to]?.focus()
  else if (event.key === 'Enter' || event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10'))
    open(target)
  else return
  event.preventDefault()
  event.stopPropagation()
}
