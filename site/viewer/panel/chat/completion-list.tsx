import type { Completion } from '../../commands/complete.ts'
import { usageOf, whatOf } from '../../commands/say.ts'
import { chat as t } from '../text.ts'

interface CompletionListProps {
  id: string
  completion: Completion
  /** The option that Tab takes. */
  chosen: number
  take(line: string): void
}

/** What can be typed next. The focus stays where the typing is. */
export function CompletionList({ id, completion, chosen, take }: CompletionListProps) {
  const options =
    completion.kind === 'commands'
      ? completion.options.map(({ line, command }) => ({
          line,
          label: usageOf(command),
          detail: whatOf(command),
        }))
      : completion.options.map(({ line, name, id }) => ({
          line,
          label: name,
          detail: line.includes(id) ? id : '',
        }))
  return (
    <div class="completions" role="listbox" id={id} aria-label={t.composer.suggestions}>
      {options.map(({ line, label, detail }, i) => (
        <div
          key={line}
          id={`${id}-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === chosen}
          ref={element => {
            if (i === chosen) element?.scrollIntoView({ block: 'nearest' })
          }}
          // Before the composer loses the focus.
          onPointerDown={event => {
            event.preventDefault()
            take(line)
          }}
        >
          <span dir="auto">{label}</span>
          {detail && <span class="dim">{detail}</span>}
        </div>
      ))}
    </div>
  )
}
