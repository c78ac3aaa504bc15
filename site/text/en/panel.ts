import { forms } from './panel/forms.ts'
import { invite } from './panel/invite.ts'
import { people } from './panel/people.ts'

/** The viewer's side panel: loaded when it is first opened. */
export const panel = {
  label: 'Panel',
  close: 'Close panel (Esc)',
  tabs: { chat: 'Chat', people: 'People', notes: 'Notes' },
  asides: { health: 'Connection' },
  unread: (n: number) => `${n} new`,
  waiting: (n: number) => `${n} waiting`,
  lost: 'The room cannot be reached. What you see here is how it was.',
  people,
  forms,
  invite,
  notices: {
    label: 'From the host',
    warn: (name: string) => `${name} warns you`,
    wall: (name: string) => `${name} tells everybody`,
    mute: (name: string) => `${name} asks you to mute`,
    identified: (name: string) => `${name} looked up your address and browser`,
    unmarked: (name: string) => `The watermark was taken off on ${name}’s page, and put back`,
    dismiss: 'Dismiss',
  },
}
