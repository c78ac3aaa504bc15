/** The list of keys. */
export const keys = {
  title: 'Keyboard',
  close: 'Close (Esc)',
  hint: 'A key that is off does nothing here. It stays off on this device.',
  list: {
    sound: 'Sound on and off',
    volume: 'Louder and softer',
    note: 'Note at this frame',
    draw: 'Draw on the picture',
    point: 'Point, while held',
    still: 'Take a still',
    scopes: 'Scopes',
    scale: 'Fit, actual pixels',
    grid: 'All streams',
    large: 'Make this stream large',
    hand: 'Raise your hand, lower it',
    panel: 'Chat, people and notes',
    admit: 'Let in who has waited longest (hosts)',
    full: 'Full screen',
    leave: 'Leave what you are doing, then the panel',
    help: 'This list',
  },
}
