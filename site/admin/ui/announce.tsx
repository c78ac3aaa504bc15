import { signal } from '@preact/signals'

const said = signal('')

/** Tells screen readers that something happened, politely. */
export function announce(sentence: string): void {
  // The same sentence twice is only heard if the text changes in between.
  said.value = said.peek() === sentence ? `${sentence}\u00a0` : sentence
}

/** Where {@link announce} speaks; once on the page. */
export function Announcer() {
  return (
    <p class="sr" aria-live="polite">
      {said}
    </p>
  )
}
