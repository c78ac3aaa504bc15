import sprite from './icons.svg'

export type IconName =
  | 'sound'
  | 'sound-off'
  | 'fit'
  | 'one'
  | 'full'
  | 'close'
  | 'hand'
  | 'chat'
  | 'people'
  | 'mic'
  | 'mic-off'
  | 'lock'
  | 'still'
  | 'file'
  | 'download'
  | 'send'
  | 'check'
  | 'chevron'
  | 'more'
  | 'link'
  | 'grid'
  | 'note'
  | 'pen'
  | 'arrow'
  | 'rect'
  | 'ellipse'
  | 'undo'
  | 'trash'
  | 'point'
  | 'scopes'
  | 'sun'
  | 'copy'

/** A 16 px drawing from the one sprite file; says nothing to a screen reader. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" aria-hidden="true">
      <use href={`${sprite}#${name}`} />
    </svg>
  )
}

/** The product's mark beside its name. */
export function Mark({ name }: { name: string }) {
  return (
    <span class="mark">
      <svg aria-hidden="true">
        <use href={`${sprite}#mark`} />
      </svg>
      {name}
    </span>
  )
}
