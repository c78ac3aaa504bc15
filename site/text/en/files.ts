/** Files that people in a room send each other, page to page. */
export const files = {
  label: 'Files',
  choose: (name: string) => `Choose a file for ${name}`,
  dropHere: (name: string) => `Drop to send to ${name}`,
  progress: (file: string) => `Progress of ${file}`,

  /** Consent, on both sides. */
  visible: (name: string) => `Your addresses become visible to ${name}, and theirs to you.`,
  relayed: 'It goes through a relay: neither sees the other’s address.',
  saved: 'It is saved as a download and never opened here.',
  busy: (n: number) => `${n} files are under way. This one can begin when one of them is done.`,

  buttons: {
    send: 'Send',
    accept: 'Accept',
    refuse: 'Refuse',
    cancel: 'Cancel',
    dismiss: 'Dismiss',
    saveAgain: 'Save again',
  },

  head: {
    out: (file: string, name: string) => `${file} to ${name}`,
    in: (file: string, name: string) => `${file} from ${name}`,
  },
  says: {
    draft: (name: string) => `Send this file to ${name}?`,
    asked: (name: string) => `${name} offers you a file.`,
    offered: (name: string) => `Waiting for ${name} to accept.`,
    connecting: (name: string) => `Connecting to ${name}.`,
    sending: 'Sending.',
    receiving: 'Receiving.',
    checking: 'Checking that it arrived whole.',
    sent: (name: string) => `${name} has it, whole and checked.`,
    received: 'Whole and checked, and saved as a download. If your browser kept that back, save it again.',
    youRefused: 'You refused it.',
    theyRefused: (name: string) => `${name} does not want it.`,
    theyBusy: (name: string) => `${name} has other offers to answer first. Offer it again in a minute.`,
    theyTooLarge: (name: string, limit: string) =>
      `${name}’s browser keeps files up to ${limit}. Send a smaller one.`,
    tooLarge: (limit: string) => `Files up to ${limit} can be sent here. Send a smaller one.`,
    youCancelled: 'You stopped it. Nothing of it was kept.',
    theyCancelled: (name: string) => `${name} stopped it. Nothing of it was kept.`,
  },
  /** What went wrong, and what to do. */
  failed: {
    connection: (name: string) =>
      `No way to ${name} was found. Try again; if it stays so, this server needs a relay (TURN).`,
    no_relay: 'The relay did not answer. Try again, or tell who runs this server.',
    lost: {
      out: 'The connection broke. Send it again.',
      in: 'The connection broke. Ask for it again.',
    },
    slow: 'The connection became too slow. Try again on another network.',
    hash: {
      out: 'It arrived changed, so it was thrown away. Send it again.',
      in: 'It arrived changed, so it was thrown away. Ask for it again.',
    },
    storage: {
      in: 'This browser has no room for it. Free some space, then ask for it again.',
      out: (name: string) => `${name}’s browser has no room for it. Send a smaller file.`,
    },
    file: {
      out: 'The file cannot be read any more, or was changed. Choose it again.',
      in: (name: string) => `${name}’s file was changed while it was sent. Ask for it again.`,
    },
    protocol: 'Something else than the file came, so it was stopped. Both reload the page, then try again.',
    no_answer: { out: (name: string) => `${name} did not answer. Offer it again.`, in: 'The offer ran out.' },
    left: (name: string) => `${name} is not here any more, or no files may be sent.`,
    unsaid: 'The room could not be reached. Try again when it is back.',
    theirs: (name: string) => `It failed at ${name}’s side. Try again.`,
  },

  size: { unit: ['B', 'kB', 'MB', 'GB', 'TB'], is: (n: string, unit: string) => `${n} ${unit}` },
  moved: (done: string, size: string) => `${done} of ${size}`,
  speed: (size: string) => `${size}/s`,
  left: {
    seconds: (n: number) => `${n} s left`,
    minutes: (n: number) => `${n} min left`,
    hours: (n: number) => `${n} h left`,
  },

  unsupported: 'This browser cannot send files from page to page.',
  nobody: (name: string) => `${name} cannot take files here.`,
  relay: {
    ms: (ms: number) => `The relay works: ${ms} ms there and back.`,
    none: 'No relay is set up here.',
    no_address: 'The relay gave no address within 5 s: it is not reached, or refuses the credentials.',
    silent: 'The relay gave an address, but nothing came back within 5 s.',
    refused: 'The server gives you no relay now. Try again in 10 minutes.',
    unreachable: 'The server could not be reached. Try again.',
  },
} as const
