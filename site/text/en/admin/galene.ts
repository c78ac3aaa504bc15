/** Rooms that come from Galene. */
export const galene = {
  button: 'Import from Galene',
  title: 'Import a Galene group',
  says: 'Choose the file that defines the group, or paste it. Its users keep their passwords; plain ones are hashed.',
  file: 'File',
  name: 'Name of the group',
  nameHint: 'The room’s address is made of it.',
  text: 'What the file says',
  taken: 'Another room has this address. Give the group another name.',
  wrong: 'Nothing was imported. In the file:',
  make: 'Make a room of it',
  made: (title: string) => `Room ${title} made.`,
}
