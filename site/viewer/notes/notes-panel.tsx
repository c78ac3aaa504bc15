import { useState } from 'preact/hooks'
import { Glyph } from '../../lib/glyph.tsx'
import { Icon } from '../../lib/icon.tsx'
import type { Kit } from '../instruments/kit.tsx'
import { type Filter, filters, shown } from './all-notes.ts'
import { ExportMenu } from './export-menu.tsx'
import { NoteCard } from './note-card.tsx'
import { NoteComposer } from './note-composer.tsx'
import { chat, notes as t } from './text.ts'
import type { Unsent } from './unsent.ts'

/** Cards that are drawn at once: a list of thousands must not hold up the picture. */
const AT_ONCE = 100

/** The notes of the room, and the one that is being written. */
export function NotesPanel({ kit }: { kit: Kit }) {
  const { notes, live } = kit
  const [filter, choose] = useState<Filter>('all')
  const [search, look] = useState('')
  const [most, setMost] = useState(AT_ONCE)
  const you = live.you.value
  const threads = notes.threads.value
  const open = threads.filter(({ note }) => !note.resolved).length
  const found = shown(threads, filter, search, you?.id ?? '')
  const draft = notes.draft.value
  return (
    <>
      {draft && <NoteComposer kit={kit} draft={draft} />}
      <div class="filter-row">
        <fieldset class="segmented" aria-label={t.show}>
          {filters.map(name => (
            <button
              key={name}
              type="button"
              class="button"
              aria-pressed={filter === name}
              onClick={() => choose(name)}
            >
              {t.filters[name](open)}
            </button>
          ))}
        </fieldset>
        <input
          class="input note-search"
          type="search"
          aria-label={t.search}
          placeholder={t.search}
          value={search}
          onInput={event => look(event.currentTarget.value)}
        />
        {threads.length > 0 && <ExportMenu kit={kit} />}
      </div>
      <div class="body">
        <UnsentList kit={kit} />
        {notes.reading.value !== 'here' && (
          <p class="panel-say" role="status">
            {t[notes.reading.value]}
          </p>
        )}
        {notes.reading.value === 'here' && found.length === 0 && (
          <div class="panel-say">
            <p>{threads.length ? t.noneFound : t.none}</p>
            {!threads.length && you?.permissions.includes('annotate') && <p class="dim">{t.noneHow}</p>}
          </div>
        )}
        <ul class="note-list" aria-label={t.list}>
          {found.slice(0, most).map(thread => (
            <NoteCard key={thread.note.id} kit={kit} thread={thread} />
          ))}
        </ul>
        {found.length > most && (
          <button type="button" class="button wide" onClick={() => setMost(most + AT_ONCE)}>
            {t.more(Math.min(AT_ONCE, found.length - most))}
          </button>
        )}
      </div>
      {!draft && you?.permissions.includes('annotate') && (
        <div class="panel-foot">
          <button type="button" class="button wide" onClick={() => notes.begin()}>
            <Icon name="note" />
            {t.fresh} <kbd>N</kbd>
          </button>
        </div>
      )}
    </>
  )
}

/** What the room does not have yet. */
function UnsentList({ kit: { notes } }: { kit: Kit }) {
  if (!notes.unsent.value.length) return null
  return (
    <ul class="note-list" aria-label={t.unsent.label} aria-live="polite">
      {notes.unsent.value.map(({ message, state }) => (
        <li key={message.ref} class="note-card text-only">
          <p class="note-text">{message.text}</p>
          <p class="status">
            <Glyph name="waiting" />
            {sayUnsent(state)}
          </p>
          {state !== 'sending' && state !== 'offline' && (
            <div class="row">
              <button type="button" class="button" onClick={() => notes.again(message.ref)}>
                {t.unsent.again}
              </button>
              <button type="button" class="button ghost" onClick={() => notes.giveUp(message.ref)}>
                {t.unsent.giveUp}
              </button>
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

const sayUnsent = (state: Unsent['state']): string =>
  state === 'sending' || state === 'offline' ? t.unsent[state] : chat.why[state]
