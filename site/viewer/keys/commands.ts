const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const
type Digit = (typeof digits)[number]

/** What the keyboard can do here. */
export type Command =
  | 'sound'
  | 'louder'
  | 'softer'
  | 'note'
  | 'draw'
  | 'point'
  | 'still'
  | 'scale'
  | 'scopes'
  | 'grid'
  | `large-${Digit}`
  | 'hand'
  | 'panel'
  | 'admit'
  | 'full'
  | 'leave'
  | 'help'

/** The keys by their own names, as the list of keys shows them; each can be turned off by its first. */
export const keys = [
  { what: 'sound', keys: ['M'] },
  { what: 'volume', keys: ['↑', '↓'] },
  { what: 'note', keys: ['N'] },
  { what: 'draw', keys: ['D'] },
  { what: 'point', keys: ['P'] },
  { what: 'still', keys: ['S'] },
  { what: 'scopes', keys: ['W'] },
  { what: 'scale', keys: ['Z'] },
  { what: 'grid', keys: ['G'] },
  { what: 'large', keys: ['1–9'] },
  { what: 'hand', keys: ['H'] },
  { what: 'panel', keys: ['C'] },
  { what: 'admit', keys: ['Y'] },
  { what: 'full', keys: ['F'] },
  { what: 'leave', keys: ['Esc'] },
  { what: 'help', keys: ['?'] },
] as const
export type KeyGroup = (typeof keys)[number]['what']

const bindings = new Map<string, { command: Command; group: KeyGroup }>([
  ['m', { command: 'sound', group: 'sound' }],
  ['arrowup', { command: 'louder', group: 'volume' }],
  ['arrowdown', { command: 'softer', group: 'volume' }],
  ['n', { command: 'note', group: 'note' }],
  ['d', { command: 'draw', group: 'draw' }],
  ['p', { command: 'point', group: 'point' }],
  ['s', { command: 'still', group: 'still' }],
  ['w', { command: 'scopes', group: 'scopes' }],
  ['z', { command: 'scale', group: 'scale' }],
  ['g', { command: 'grid', group: 'grid' }],
  ['h', { command: 'hand', group: 'hand' }],
  ['c', { command: 'panel', group: 'panel' }],
  ['y', { command: 'admit', group: 'admit' }],
  ['f', { command: 'full', group: 'full' }],
  ['escape', { command: 'leave', group: 'leave' }],
  ['?', { command: 'help', group: 'help' }],
  ...digits.map(digit => [digit, { command: `large-${digit}`, group: 'large' }] as const),
])

/** Of a keydown, what decides. */
export interface Press {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  repeat: boolean
  /** The focus is where keys are typed or mean something of their own. */
  typing: boolean
}

/** The command of a key press; null when it is not one of ours, is turned off, or belongs to somebody else. */
export function commandOf(press: Press, off: ReadonlySet<KeyGroup>): Command | null {
  if (press.ctrlKey || press.metaKey || press.altKey || press.typing) return null
  const bound = bindings.get(press.key.toLowerCase())
  if (!bound || off.has(bound.group)) return null
  return press.repeat && bound.group !== 'volume' ? null : bound.command
}
