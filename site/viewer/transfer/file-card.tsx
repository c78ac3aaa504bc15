import { useId } from 'preact/hooks'
import { Glyph } from '../../lib/glyph.tsx'
import { mayBegin } from './bounds.ts'
import { RUNNING } from './limits.ts'
import type { Files } from './open.ts'
import { glyphOf, sayProgress, saySize, sayState } from './say-file.ts'
import { isOver, type Transfer } from './state.ts'
import { files as t } from './text.ts'

interface FileCardProps {
  transfer: Transfer
  files: Files
  /** Ms. */
  now: number
}

/** One file: what it is, where it stands, and what can be done about it. */
export function FileCard({ transfer, files, now }: FileCardProps) {
  const { way, file, peer, phase, moved } = transfer
  const title = useId()
  const asks = phase === 'draft' || phase === 'asked'
  const begin = mayBegin(files.list.value)
  const bar = phase === 'moving' || phase === 'checking'
  return (
    <li class="plate file-card" tabIndex={-1} aria-labelledby={title} data-phase={phase}>
      <p class="file-name" id={title}>
        <b>{t.head[way](file.name, peer.name)}</b>
      </p>
      <p class="dim num">{[saySize(file.size), file.mime].filter(Boolean).join(' · ')}</p>
      <p class="status" role="status">
        <Glyph name={glyphOf(transfer)} />
        <span>{sayState(transfer)}</span>
      </p>
      {asks && <Consent files={files} transfer={transfer} />}
      {asks && !begin && <p class="dim">{t.busy(RUNNING)}</p>}
      {bar && (
        <progress aria-label={t.progress(file.name)} max={Math.max(1, file.size)} value={moved}>
          {Math.floor((100 * moved) / Math.max(1, file.size))} %
        </progress>
      )}
      {phase === 'moving' && <p class="dim num">{sayProgress(transfer, now).join(' · ')}</p>}
      <div class="row">
        <Buttons transfer={transfer} files={files} begin={begin} />
      </div>
    </li>
  )
}

function Consent({ files, transfer: { way, peer } }: Pick<FileCardProps, 'files' | 'transfer'>) {
  return (
    <p class="dim">
      {files.relayOnly.value ? t.relayed : t.visible(peer.name)}
      {way === 'in' && ` ${t.saved}`}
    </p>
  )
}

function Buttons({ transfer, files, begin }: Pick<FileCardProps, 'files' | 'transfer'> & { begin: boolean }) {
  const { id, phase, way } = transfer
  const button = (word: string, act: (id: string) => void, kind = '', off = false) => (
    <button
      key={word}
      type="button"
      class={`button ${kind}`}
      disabled={off}
      onClick={event => {
        // The second half of a double click is not meant for the button that has taken this one's place.
        if (event.detail > 1) return
        keepFocus(event.currentTarget)
        act(id)
      }}
    >
      {word}
    </button>
  )
  const { buttons } = t
  if (phase === 'draft')
    return (
      <>
        {button(buttons.send, files.send, 'primary', !begin)}
        {button(buttons.cancel, files.cancel)}
      </>
    )
  if (phase === 'asked')
    return (
      <>
        {button(buttons.accept, files.accept, 'primary', !begin)}
        {button(buttons.refuse, files.refuse)}
      </>
    )
  if (!isOver(transfer)) return button(buttons.cancel, files.cancel)
  return (
    <>
      {phase === 'done' && way === 'in' && button(buttons.saveAgain, files.saveAgain)}
      {button(buttons.dismiss, files.dismiss)}
    </>
  )
}

/** A button that goes leaves the focus to its card, or to what stands beside that. */
function keepFocus(button: HTMLElement): void {
  const card = button.closest<HTMLElement>('.file-card')
  const beside = (card?.nextElementSibling ?? card?.previousElementSibling) as HTMLElement | null
  const tab = button.closest('.side-panel')?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return
    const to = card?.isConnected ? card : (beside ?? tab)
    to?.focus()
  })
}
