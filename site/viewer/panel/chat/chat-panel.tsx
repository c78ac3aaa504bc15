import { useSignal } from '@preact/signals'
import { useCallback, useEffect } from 'preact/hooks'
import type { ChatMessage } from '../../../../worker/live/protocol.ts'
import type { Told } from '../../chat/asides.ts'
import { act, refusedLine } from '../../commands/act.ts'
import type { Named } from '../../commands/intent.ts'
import { offerOwnSettings } from '../../commands/own-settings.ts'
import { type Context, readLine } from '../../commands/read-line.ts'
import { offered } from '../../commands/registry.ts'
import { faultLines } from '../../commands/say.ts'
import type { Live } from '../../live/room-store.ts'
import { chat as t } from '../text.ts'
import { CaptionComposer } from './caption-composer.tsx'
import { ChatComposer } from './chat-composer.tsx'
import { ChatLog } from './chat-log.tsx'
import { captioning, comeTo, draft, edit, editing, type Question, question, replyTo } from './compose.ts'
import { MessageMenu } from './message-menu.tsx'
import { OptionsMenu } from './options-menu.tsx'
import { QuestionBar } from './question-bar.tsx'

offerOwnSettings()

/** The conversation: what was said, and where to say something. */
export function ChatPanel({ live }: { live: Live }) {
  const menu = useSignal<{ message: ChatMessage; anchor: HTMLElement } | null>(null)
  const closeMenu = useCallback(() => {
    const line = menu.peek()?.anchor.closest<HTMLElement>('[data-message]')
    menu.value = null
    line?.focus({ preventScroll: true })
  }, [menu])
  const { place } = live.chat.value
  useEffect(() => comeTo(place), [place])
  const permissions = live.you.value?.permissions ?? []
  const captions = permissions.includes('caption')
  const types = (['message', 'op', 'token'] as const).some(grant => permissions.includes(grant))
  const asked = question.value

  const tell = (what: Told) =>
    live.talk({ type: 'aside', aside: { id: live.newRef(), at: live.now(), what } })
  const context = (): Context => ({
    permissions,
    offered: offered.value,
    you: live.you.value?.id ?? '',
    people: live.people.value,
    waiting: live.waiting.value,
    now: live.now(),
  })
  const write = (text: string, me: boolean, to: Named | null) => {
    const answered = replyTo.value?.id ?? null
    replyTo.value = null
    live.talk({
      type: 'write',
      draft: { kind: 'chat', ref: live.newRef(), text, to, replyTo: answered, me },
    })
  }

  /** Does what was typed. False: it stays, because it cannot be done as it is. */
  const send = (text: string): boolean => {
    const changing = editing.value
    if (changing) {
      const changed = text.trim()
      if (changed !== changing.message.text)
        live.talk({
          type: 'write',
          draft: { kind: 'edit', ref: live.newRef(), id: changing.message.id, text: changed },
        })
      edit(null)
      return true
    }
    const read = readLine(text, context())
    if ('fault' in read) {
      tell({ is: 'fault', lines: faultLines(read.fault) })
      return false
    }
    const { intent } = read
    if (intent.is === 'say' && !permissions.includes('message')) {
      tell({ is: 'fault', lines: [t.why.forbidden] })
      return false
    }
    draft.value = ''
    act(intent, live, {
      write: (said, me, to) => write(said, me, to ?? live.privateTo.value),
      ask(what) {
        question.value = { what }
      },
    }).then(told => told && tell(told))
    return true
  }
  const confirmed = async (asked: Question) => {
    if (asked.what === 'end') return have({ type: 'room.end' })
    const which = asked.what === 'of' ? { of: asked.who.id } : { all: true as const }
    return have({ type: 'chat.delete', which })
  }
  /** Has the room do something that shows by itself when it is done. */
  const have = async (saying: Parameters<Live['send']>[0]) => {
    const outcome = await live.send(saying)
    if ('refused' in outcome) tell({ is: 'fault', lines: [refusedLine(outcome.refused)] })
    if ('lost' in outcome) tell({ is: 'fault', lines: [t.lost] })
  }

  return (
    <>
      <ChatLog
        live={live}
        held={menu.value !== null}
        openMenu={(message, anchor) => (menu.value = { message, anchor })}
      />
      {menu.value && <MessageMenu live={live} {...menu.value} have={have} close={closeMenu} />}
      <div class="panel-foot">
        {asked ? (
          <QuestionBar asked={asked} act={confirmed} />
        ) : (
          <>
            {captions && (captioning.value || !types) && <CaptionComposer live={live} />}
            {types ? (
              <ChatComposer live={live} context={context} send={send}>
                <OptionsMenu permissions={permissions} />
              </ChatComposer>
            ) : (
              !captions && <p class="state">{t.composer.readOnly}</p>
            )}
          </>
        )}
      </div>
    </>
  )
}
