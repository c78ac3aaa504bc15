/** Who is in the room, who waits before it, and what a host can do about both. */
export const people = {
  inRoom: 'In the room',
  you: 'You',
  since: (clock: string) => `Since ${clock}`,
  roles: {
    observer: 'Observer',
    captioner: 'Captioner',
    reviewer: 'Reviewer',
    presenter: 'Presenter',
    host: 'Host',
    own: 'Own choice',
  },
  hand: 'Hand raised',
  microphone: { on: 'Microphone on', muted: 'Microphone muted' },
  camera: 'Camera on',
  health: { good: 'Good', fair: 'Fair', poor: 'Poor', lost: 'No picture' },
  actions: (name: string) => `Actions for ${name}`,

  waiting: {
    title: 'Waiting',
    all: 'Let all in',
    admit: 'Let in',
    admitLabel: (name: string) => `Let in ${name}`,
    refuse: (name: string) => `Refuse ${name}`,
    says: {
      admission: (link: string, time: string) => `Link “${link}”, ${time}`,
      unlock: (link: string, time: string) => `Link “${link}”, ${time}, the room is locked`,
      host: (link: string, time: string) => `Link “${link}”, ${time}, no host was here`,
    },
    underMinute: 'under 1 min',
    minutes: (n: number) => `${n} min`,
    hours: (n: number) => `${n} h`,
  },

  /** Of one person. */
  menu: {
    message: 'Message privately',
    file: 'Send a file',
    rights: 'Role and permissions',
    mute: 'Ask to mute',
    warn: 'Warn',
    identify: 'Address and browser',
    closeLink: 'Close their link',
    remove: 'Remove from the room',
  },
  /** Of the room. */
  room: {
    label: 'Actions for the room',
    lock: 'Lock the room',
    unlock: 'Unlock the room',
    muteAll: 'Ask all to mute',
    wall: 'Tell everybody',
    timecode: 'Set timecode',
    removed: 'Who was removed',
    end: 'End the review',
    knockOn: 'Sound when somebody knocks: on',
    knockOff: 'Sound when somebody knocks: off',
  },
  foot: { mute: 'Mute all', lock: 'Lock room', unlock: 'Unlock room' },
  subrooms: {
    title: 'Sub-rooms',
    back: 'Back to the room',
    here: 'You are here',
    enter: 'Enter',
    enterLabel: (title: string) => `Enter ${title}`,
    people: (n: number) => (n === 0 ? 'Nobody there' : n === 1 ? '1 person' : `${n} people`),
    locked: (n: number) =>
      n === 0 ? 'Locked, nobody there' : n === 1 ? 'Locked, 1 person' : `Locked, ${n} people`,
  },
  locked: 'The room is locked.',
  lockedWith: (message: string) => `The room is locked: “${message}”`,

  done: {
    mute: (name: string) => `${name} was asked to mute.`,
    muteAll: 'Everybody was asked to mute.',
    warn: (name: string) => `${name} was warned.`,
    wall: 'Everybody was told.',
    remove: (name: string) => `${name} was removed.`,
    closeLink: 'The link is closed.',
    pardon: (name: string) => `${name} may come in again.`,
  },
  notAnswered: 'The room did not answer. Look whether it happened; if it did not, try again.',
}
