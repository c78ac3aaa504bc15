import type { Aside } from '../../chat/asides.ts'
import { sayWhen } from '../../when.ts'
import { chat as t } from '../text.ts'

/** What only this page tells: who came and went, what a command answered. */
export function AsideRow({ aside: { what, at }, now }: { aside: Aside; now: number }) {
  if ('names' in what)
    return (
      <li class="event" dir="auto">
        {t[what.is](namesOf(what.names), sayWhen(at, now, t.times))}
      </li>
    )
  return (
    <li class={`aside ${what.is}`}>
      <span class="state">{t.onlyHere}</span>
      {what.lines.map(line => (
        <p key={line} dir="auto">
          {line}
        </p>
      ))}
    </li>
  )
}

function namesOf([first = '', second, ...others]: readonly string[]): string {
  if (second === undefined) return first
  return others.length > 0 ? t.several(first, others.length + 1) : t.both(first, second)
}
