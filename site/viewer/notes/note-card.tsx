import { useEffect, useRef, useState } from 'preact/hooks'
import type { Note } from '../../../worker/live/messages/notes.ts'
import { Menu, type MenuItem } from '../../lib/menu.tsx'
import type { Kit } from '../instruments/kit.tsx'
import { t as page } from '../text.ts'
import { sayWhen } from '../when.ts'
import type { Thread } from './all-notes.ts'
import { sayMoment } from './say-moment.ts'
import { chat, notes } from './text.ts'

const t = notes.card

/** A note with its answers, and what can be done with it. */
export function NoteCard({ kit, thread: { note, answers } }: { kit: Kit; thread: Thread }) {
  const { notes: service, drawing, live } = kit
  const [doing, tell] = useState<'answer' | 'edit' | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const you = live.you.value
  const mine = you !== null && note.from.id === you.id
  const may = you?.permissions.includes('annotate') ?? false
  const current = service.current.value === note.id
  const url = useStillUrl(kit, note.stillId)

  const jump = () => {
    service.current.value = current ? null : note.id
    drawing.show(current ? null : note.drawing)
  }
  const change = async (saying: Parameters<typeof service.change>[0]) => {
    const outcome = await service.change(saying)
    setFault('lost' in outcome ? t.lost : 'refused' in outcome ? chat.why[outcome.refused] : null)
    return 'done' in outcome
  }
  const resolve = () => change({ type: 'note.resolve', id: note.id, resolved: note.resolved === null })
  const items: MenuItem[] = []
  if (may) items.push({ word: t.answer, act: () => tell('answer') })
  if (mine && may) items.push({ word: t.edit, act: () => tell('edit') })
  if (mine || you?.permissions.includes('op'))
    items.push({ word: t.delete, act: () => void change({ type: 'note.delete', id: note.id }) })

  const moment = sayMoment(note)
  const kind = ['note-card', note.resolved && 'done', current && 'current', !url && 'text-only']
  return (
    <li class={kind.filter(Boolean).join(' ')}>
      {url && (
        <div class="thumb">
          <img src={url} alt="" />
        </div>
      )}
      <div class="head">
        <button
          type="button"
          class="timecode note-jump"
          aria-label={t.jump(moment)}
          aria-pressed={current}
          onClick={jump}
        >
          {moment}
        </button>
        <button
          type="button"
          class="resolve"
          disabled={!may}
          aria-pressed={note.resolved !== null}
          aria-label={note.resolved ? t.reopen : t.resolve}
          title={note.resolved ? t.resolvedBy(note.resolved.by) : t.resolve}
          onClick={() => void resolve()}
        />
        {items.length > 0 && <Menu label={t.actions(note.from.name)} items={items} />}
      </div>
      {doing === 'edit' ? (
        <LineForm
          label={t.editLabel}
          text={note.text}
          close={() => tell(null)}
          send={async text => (await change({ type: 'note.edit', id: note.id, text })) && tell(null)}
        />
      ) : (
        <p class="note-text">{note.text}</p>
      )}
      {answers.map(answer => (
        <Answer key={answer.id} kit={kit} answer={answer} change={change} />
      ))}
      <div class="meta">
        <span>{note.from.name}</span>
        <span>{sayMeta(note, live.now())}</span>
      </div>
      {fault && (
        <p class="status poor" role="alert">
          {fault}
        </p>
      )}
      {doing === 'answer' && (
        <LineForm
          label={t.answerLabel}
          text=""
          close={() => tell(null)}
          send={text => {
            service.answer(note.id, text)
            tell(null)
          }}
        />
      )}
    </li>
  )
}

interface AnswerProps {
  kit: Kit
  answer: Note
  change(saying: { type: 'note.delete'; id: string }): Promise<boolean>
}

function Answer({ kit: { live }, answer, change }: AnswerProps) {
  const you = live.you.value
  const may = you !== null && (answer.from.id === you.id || you.permissions.includes('op'))
  return (
    <div class="reply">
      <p>
        <b>{answer.from.name}</b> {answer.text}
      </p>
      {may && (
        <Menu
          label={t.actions(answer.from.name)}
          items={[{ word: t.delete, act: () => void change({ type: 'note.delete', id: answer.id }) }]}
        />
      )}
    </div>
  )
}

interface LineFormProps {
  label: string
  text: string
  close(): void
  send(text: string): unknown
}

/** A few words, sent with Ctrl or Command and Enter. */
function LineForm({ label, text, close, send }: LineFormProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const submit = () => {
    const typed = field.current?.value.trim()
    if (typed) send(typed)
  }
  return (
    <form
      class="note-line"
      onSubmit={event => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={event => {
        if (event.key === 'Escape') {
          event.stopPropagation()
          close()
        } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
      }}
    >
      <textarea ref={field} class="input" rows={2} maxLength={4000} aria-label={label} defaultValue={text} />
      <div class="row">
        <button type="button" class="button ghost" onClick={close}>
          {t.cancel}
        </button>
        <button type="submit" class="button">
          {t.save}
        </button>
      </div>
    </form>
  )
}

function sayMeta(note: Note, now: number): string {
  const words = [sayWhen(Date.parse(note.createdAt), now, page.times), notes.colors[note.color]]
  if (note.drawing) words.push(t.drawing)
  if (note.late) words.push(t.late)
  if (note.editedAt) words.push(t.edited)
  if (note.from.id === null) words.push(t.imported)
  return words.join(', ')
}

function useStillUrl({ stills }: Kit, id: string | null): string | null {
  const [url, tell] = useState<string | null>(null)
  useEffect(() => {
    let gone = false
    if (id === null) tell(null)
    else void stills.urlOf(id).then(address => gone || tell(address))
    return () => {
      gone = true
    }
  }, [stills, id])
  return url
}
