/** What every page of the admin has: its frame, and the words of its buttons. */
export const shell = {
  actions: 'Actions',
  actionsFor: (what: string) => `Actions for ${what}`,
  cancel: 'Cancel',
  close: 'Close',
  done: 'Done',
  loading: 'Loading',
  notForYou: 'Not for your role',
  notForYouSay: 'Your role does not show this page. An owner can give you another one.',
  no: 'No',
  save: 'Save',
  showMore: 'Show more',
  tryAgain: 'Try again',
  yes: 'Yes',
  demo: 'Demonstration: the pictures here come from the built-in origin, for seeing and testing. Under Server you read how to connect a real one.',
  nav: {
    label: 'Main',
    rooms: 'Rooms',
    server: 'Server',
    people: 'People',
    audit: 'Audit',
    live: (n: number) => `${n} live`,
    settings: 'Settings',
    machine: 'Automation token',
    signOut: 'Sign out',
    notSignedOut: 'You are still signed in',
  },

  roles: { owner: 'Owner', admin: 'Admin', operator: 'Operator', guest: 'Guest' },
  lost: {
    title: 'The server cannot be reached.',
    fails: 'The server fails.',
    retry: (seconds: number) =>
      seconds > 0
        ? `Trying again in ${seconds} s. What you see may have changed.`
        : 'Trying again. What you see may have changed.',
    now: 'Try now',
  },

  unknown: {
    title: 'Not a page',
    nothing: 'There is nothing at this address',
    says: 'It may have been mistyped. All rooms are one step back.',
  },

  keys: {
    title: 'Keys',
    list: [
      ['C', 'New room, new link inside a room, invite among people'],
      ['/', 'Find a room, or an address in the audit'],
      ['↑ ↓', 'Go from row to row'],
      ['Enter', 'Open the row, or its menu'],
      ['Shift F10', 'The menu of the row'],
      ['G then R', 'Rooms'],
      ['G then P', 'People'],
      ['G then A', 'Audit'],
      ['G then V', 'Server'],
      ['G then S', 'Settings'],
      ['Esc', 'Close a menu or a dialog'],
      ['?', 'These keys'],
    ],
  },
}
