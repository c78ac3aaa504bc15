import type { ChatMessage } from '../../../../worker/live/protocol.ts'
import { Icon } from '../../../lib/icon.tsx'
import { firstLine } from '../../chat/rich-text.ts'
import type { Row } from '../../chat/rows.ts'
import { sayWhen } from '../../when.ts'
import { chat as t } from '../text.ts'
import { Said } from './said.tsx'
import { Trouble } from './unsent-list.tsx'

interface MessageRowProps {
  row: Extract<Row, { is: 'message' }>
  you: string | null
  /** In ms, for the words of its time. */
  now: number
  jump(id: string): void
  openMenu(message: ChatMessage, anchor: HTMLElement): void
  again(ref: string): void
  discard(ref: string): void
}

/** One message: who, when, to whom, what. */
export function MessageRow({ row, you, now, jump, openMenu, again, discard }: MessageRowProps) {
  const { message, quoted, change } = row
  const { id, from, to, me, text, at, editedAt } = message
  return (
    <li
      id={`said-${id}`}
      data-message={id}
      class={[to && 'private', me && 'doing'].filter(Boolean).join(' ')}
      tabIndex={-1}
      aria-describedby="chat-row-hint"
    >
      <div class="who">
        {!me && (
          <b class="trunc" dir="auto">
            {from.name}
          </b>
        )}
        {to && (
          <span class="tag trunc" dir="auto">
            {from.id === you ? t.onlyTo(to.name) : t.onlyYou}
          </span>
        )}
        <time dateTime={at}>{sayWhen(Date.parse(at), now, t.times)}</time>
        {editedAt && <span class="mark-edited">{t.edited}</span>}
      </div>
      {quoted === 'gone' && <p class="quote">{t.gone}</p>}
      {quoted && quoted !== 'gone' && (
        <button type="button" class="quote" title={t.quoteJump} tabIndex={-1} onClick={() => jump(quoted.id)}>
          <bdi>{t.quote(quoted.from.name, firstLine(quoted.text))}</bdi>
        </button>
      )}
      <p class="said" dir="auto">
        {me && (
          <>
            <b>
              <bdi>{from.name}</bdi>
            </b>{' '}
          </>
        )}
        <Said text={text} />
      </p>
      {/* For the mouse alone: by keyboard the line itself opens the menu. */}
      <button
        type="button"
        class="button ghost icon-only more"
        aria-hidden="true"
        tabIndex={-1}
        onClick={event => openMenu(message, event.currentTarget)}
      >
        <Icon name="more" />
      </button>
      {change && <Trouble unsent={change} again={again} discard={discard} />}
    </li>
  )
}
