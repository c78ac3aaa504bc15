/** The viewer's side panel: loaded when it is first opened. */
export const panel = {
  label: 'Panel',
  close: 'Close panel (Esc)',
  tabs: { chat: 'Chat', people: 'People' },
  unread: (n: number) => `${n} new`,
  waiting: (n: number) => `${n} waiting`,
  lost: 'The room cannot be reached. What you see here is how it was.',
}
