/** The conversation in the viewer's side panel. */
export const chat = {
  log: 'Chat',
}
