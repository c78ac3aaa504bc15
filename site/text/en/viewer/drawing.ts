/** Drawing over the picture. */
export const drawing = {
  draw: 'Draw',
  bar: 'Drawing',
  tools: { pen: 'Pen', arrow: 'Arrow', rectangle: 'Rectangle', ellipse: 'Ellipse' },
  ink: 'Ink',
  inks: { red: 'Red', yellow: 'Yellow', green: 'Green', cyan: 'Cyan', blue: 'Blue', pink: 'Pink' },
  weight: 'Weight',
  weights: { 2: 'Thin', 3: 'Medium', 5: 'Thick' },
  undo: 'Undo',
  clear: 'Clear mine',
  clearAll: 'Clear all',
  done: 'Done',
  withKey: (what: string, key: string) => `${what} (${key})`,
  /** Of the layer, for who does not see it. */
  by: (names: readonly string[]) => `Drawing by ${names.join(', ')}`,
  lost: 'The room cannot be reached. What you drew was not shown.',
  full: 'A note holds no more than this. Undo some of it.',
  refused: {
    forbidden: 'You may not draw here any more.',
    not_drawn: 'A host took away what you were drawing.',
    too_much_drawn: 'There is too much drawn already. Undo or clear some of it.',
    too_fast: 'That was too much at once. Wait a moment.',
    other: 'That could not be drawn. Try again.',
  },
}
