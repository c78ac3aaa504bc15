import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Outcome, Saying } from '../live/outcome.ts'
import type { You } from '../live/room-state.ts'

const KEY = 'sightline display checked'

function kept(): boolean | null {
  try {
    const word = sessionStorage.getItem(KEY)
    return word === null ? null : word === 'yes'
  } catch {
    return null
  }
}

const wish = signal(kept())

/** What somebody said of their display that the room does not know yet; null = nothing. It outlives a reload of the tab. */
export const wished: ReadonlySignal<boolean | null> = wish

export function wishChecked(checked: boolean | null): void {
  wish.value = checked
  try {
    if (checked === null) sessionStorage.removeItem(KEY)
    else sessionStorage.setItem(KEY, checked ? 'yes' : 'no')
  } catch {
    // Without storage it is known as long as the page is open.
  }
}

interface Line {
  readonly connected: ReadonlySignal<boolean>
  readonly you: ReadonlySignal<You | null>
  send(saying: Saying): Promise<Outcome>
}

/** Tells the room as soon as one is in, and again after a line that broke. Returns a way to stop. */
export function tellChecked(live: Line): () => void {
  let telling = false
  return effect(() => {
    const checked = wish.value
    const you = live.you.value
    if (checked === null || telling || !live.connected.value || you?.state !== 'admitted') return
    if (you.displayChecked === checked) return wishChecked(null)
    telling = true
    live.send({ type: 'display', checked }).then(outcome => {
      telling = false
      if (!('lost' in outcome) && wish.peek() === checked) wishChecked(null)
    })
  })
}
