import { useEffect, useMemo, useRef } from 'preact/hooks'
import { Icon } from '../../lib/icon.tsx'
import type { Instruments } from '../instruments/use-kit.ts'
import type { Live } from '../live/room-store.ts'
import type { Notes } from '../notes/notes.ts'
import { FileList } from '../transfer/file-list.tsx'
import type { Files } from '../transfer/open.ts'
import { ChatPanel } from './chat/chat-panel.tsx'
import { createLinks } from './invite/links-api.ts'
import { NoticeList } from './notice-list.tsx'
import { isAside, type PanelTab, panelTabs, tabAfter } from './panel-tab.ts'
import { PeoplePanel } from './people/people-panel.tsx'
import { panel as t } from './text.ts'
import { usePanelCommands } from './use-panel-commands.ts'

interface SidePanelProps {
  live: Live
  /** Null while they are on their way. */
  instruments: Instruments | null
  /** Null before any can come or go. */
  files: Files | null
  /** The person's token of this moment; always the same function. */
  token(): string
  goTo(sub: string | null): void
  tab: PanelTab
  setTab(tab: PanelTab): void
  /** Null where the panel is always there. */
  close: (() => void) | null
}

/** Beside the picture, or below it on a phone held upright; never over it. */
export function SidePanel({ live, instruments, files, token, goTo, tab, setTab, close }: SidePanelProps) {
  const list = useRef<HTMLDivElement>(null)
  useOpening(list, close !== null)
  const links = useMemo(() => createLinks(fetch.bind(globalThis), token), [token])
  usePanelCommands(live, files, links)

  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !close) return
    event.stopPropagation()
    event.preventDefault()
    close()
  }
  const moved = (event: KeyboardEvent) => {
    const next = isAside(tab) ? null : tabAfter(tab, event.key)
    if (!next) return
    event.preventDefault()
    setTab(next)
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus()
  }

  return (
    <aside class="side-panel on" aria-label={t.label} onKeyDown={pressed}>
      <div class="tabs">
        <div
          class={isAside(tab) ? 'tab-list off' : 'tab-list'}
          role="tablist"
          aria-label={t.label}
          ref={list}
          onKeyDown={moved}
        >
          {panelTabs.map(name => (
            <button
              key={name}
              type="button"
              class="tab"
              role="tab"
              id={`tab-${name}`}
              aria-selected={tab === name}
              aria-controls="tab-panel"
              tabIndex={tab === name ? 0 : -1}
              onClick={() => setTab(name)}
            >
              {t.tabs[name]}
              {name === 'chat' && <Unread live={live} shown={tab === name} />}
              {name === 'people' && <PeopleCount live={live} />}
              {name === 'notes' && instruments && <NotesCount notes={instruments.kit.notes} />}
            </button>
          ))}
        </div>
        {isAside(tab) && <h2 class="panel-title">{t.asides[tab]}</h2>}
        {close && (
          <button
            type="button"
            class="button ghost icon-only close"
            aria-label={t.close}
            title={t.close}
            onClick={close}
          >
            <Icon name="close" />
          </button>
        )}
      </div>
      {!live.connected.value && live.you.value && (
        <p class="panel-note" role="status">
          {t.lost}
        </p>
      )}
      {/* Together, so that what is below keeps its share. */}
      <div class="panel-news">
        <NoticeList live={live} />
        {files && <FileList files={files} />}
      </div>
      <div class="tab-panel" role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tab}`}>
        {tab === 'chat' && <ChatPanel live={live} />}
        {tab === 'people' && (
          <PeoplePanel
            live={live}
            instruments={instruments}
            files={files}
            links={links}
            goTo={goTo}
            toChat={() => setTab('chat')}
          />
        )}
        {instruments && <InstrumentPanel tab={tab} {...instruments} />}
      </div>
    </aside>
  )
}

function InstrumentPanel({ tab, kit, parts }: Instruments & { tab: PanelTab }) {
  if (tab === 'notes') return <parts.NotesPanel kit={kit} />
  if (tab === 'health') return <parts.HealthPanel kit={kit} />
  return null
}

function Unread({ live, shown }: { live: Live; shown: boolean }) {
  const { value } = live.unread
  if (!value || shown) return null
  return (
    <span class="count unread">
      <span aria-hidden="true">{value}</span>
      <span class="sr">{t.unread(value)}</span>
    </span>
  )
}

/** How many there are; those that came unseen stand before them. */
function NotesCount({ notes }: { notes: Notes }) {
  const unread = notes.unread.value
  if (unread)
    return (
      <span class="count unread">
        <span aria-hidden="true">{unread}</span>
        <span class="sr">{t.unread(unread)}</span>
      </span>
    )
  const { length } = notes.threads.value
  return length ? <span class="count">{length}</span> : null
}

/** Who waits stands before who is in: somebody has to do something about it. */
function PeopleCount({ live }: { live: Live }) {
  const waiting = live.waiting.value.length
  if (!waiting) return <span class="count">{live.people.value.length}</span>
  return (
    <span class="count unread">
      <span aria-hidden="true">{waiting}</span>
      <span class="sr">{t.waiting(waiting)}</span>
    </span>
  )
}

/** A panel that somebody opened has the focus, and gives it back. */
function useOpening(list: { current: HTMLElement | null }, opened: boolean): void {
  useEffect(() => {
    if (!opened) return
    const before = document.activeElement
    list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [list, opened])
}
