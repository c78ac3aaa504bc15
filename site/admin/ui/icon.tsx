/** 16 × 16, stroke 1.5: the design's icons that this page uses. Inline, because an external sprite needs one more request. */
const paths = {
  audit: 'M3.5 2h9v12h-9zM6 5h4M6 8h4M6 11h2.5',
  back: 'M10 4 6 8l4 4',
  check: 'M3 8.5 6.5 12 13 4.5',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  download: 'M8 2.5v7.5M5 7.5l3 3 3-3M3 13.5h10',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6Z',
  key: 'M5.5 7.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM7.7 8.3 13.5 2.5M11 5l2 2M9.3 6.7l1.2 1.2',
  origin: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01M7.5 5h3.5M7.5 11h3.5',
  people:
    'M6 7.5a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM2 13c0-2.2 1.8-3.5 4-3.5s4 1.3 4 3.5M11 7.3a1.9 1.9 0 0 0 0-3.6M12 9.8c1.3.4 2 1.5 2 3.2',
  passkey:
    'M6.5 8a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4ZM1.8 13.5c0-2.3 2-3.7 4.7-3.7.9 0 1.7.2 2.4.5M12 6.5a1.8 1.8 0 0 1 .8 3.4V14l-.8.7-.8-.7V9.9A1.8 1.8 0 0 1 12 6.5Z',
  plus: 'M8 3v10M3 8h10',
  right: 'M6 4l4 4-4 4',
  rooms: 'M2 3.5h12v8H2zM5.5 14h5M8 11.5V14',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM10.5 10.5l3.5 3.5',
  settings:
    'M2 4.5h7M12 4.5h2M2 11.5h2M7 11.5h7M10.5 3a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3ZM5.5 10a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3Z',
} as const

export type IconName = keyof typeof paths

/** A picture beside words, or inside a button that has a label: never the only name of anything. */
export function Icon({ is }: { is: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[is]} />
    </svg>
  )
}

/** The product's mark. */
export function MarkIcon() {
  return (
    <svg viewBox="0 0 24 16" aria-hidden="true">
      <path d="M2 1h20v14H2zM2 8h6.5M15.5 8H22" />
      <circle cx="12" cy="8" r="2" />
    </svg>
  )
}
