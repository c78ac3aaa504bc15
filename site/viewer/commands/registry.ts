import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { PageIntent } from './intent.ts'

/** Lines that whoever typed the command is shown; nobody else is. */
export type Answer = readonly string[]

/** What parts of the page do when somebody types a command. A rejection is told as a failure, so say why in the answer. */
export type Doers = {
  [K in PageIntent['is']]?: (
    intent: Extract<PageIntent, { is: K }>,
  ) => Answer | undefined | Promise<Answer | undefined>
}

const registered = signal<readonly Doers[]>([])

/**
 * Offers commands for as long as the part that can do them is there; without one a command is neither listed nor
 * completed. @returns takes them back
 */
export function offerCommands(doers: Doers): () => void {
  registered.value = [...registered.value, doers]
  return () => {
    registered.value = registered.value.filter(other => other !== doers)
  }
}

/** The commands that can be done here now. */
export const offered: ReadonlySignal<ReadonlySet<string>> = computed(
  () => new Set(registered.value.flatMap(Object.keys)),
)

/** Lets the part that offered a command last do it. */
export async function carryOut(intent: PageIntent): Promise<Answer> {
  const doer = registered.value.findLast(doers => doers[intent.is])?.[intent.is] as
    | ((intent: PageIntent) => Answer | undefined | Promise<Answer | undefined>)
    | undefined
  return (await doer?.(intent)) ?? []
}
