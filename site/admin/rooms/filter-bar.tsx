import { t } from '../text.ts'
import { Icon } from '../ui/icon.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { shows } from './group.ts'
import { find, show } from './state.ts'

const ID = 'find-room'

/** Puts the cursor into the search. */
export const focusFind = (): void => {
  const input = document.getElementById(ID)
  if (input instanceof HTMLInputElement) {
    input.focus()
    input.select()
  }
}

/** Which rooms are shown. */
export function FilterBar() {
  return (
    <div class="filter-bar">
      <div class="search">
        <Icon is="search" />
        <input
          id={ID}
          class="input"
          type="search"
          placeholder={t.rooms.find}
          aria-label={t.rooms.find}
          aria-keyshortcuts="/"
          autoComplete="off"
          value={find.value}
          onInput={event => {
            find.value = event.currentTarget.value
          }}
          onKeyDown={event => {
            if (event.key === 'ArrowDown') {
              event.preventDefault()
              document.querySelector<HTMLElement>('.room-list [data-row-focus]')?.focus()
            }
          }}
        />
      </div>
      <Segmented
        label={t.rooms.show}
        value={show.value}
        choices={shows.map(value => ({ value, word: t.rooms.shows[value] }))}
        onValue={value => {
          show.value = value
        }}
      />
    </div>
  )
}
