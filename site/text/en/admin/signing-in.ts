type Role = 'owner' | 'admin' | 'operator' | 'guest'

/** The pages in front of the admin: signing in, one-time links, coming back from the provider. */
export const signingIn = {
  passkeys: {
    create: 'Create a passkey',
    making: 'Follow your browser',
    unnamed: 'Passkey',
    /** How asking the browser for one ended. */
    ends: {
      already: 'This device has a passkey for you already. Sign in with it, or take another device or key.',
      place:
        'Passkeys do not work at this address. Open this page under the host name the server is set up for.',
      device: 'This device cannot keep such a passkey. It wants a screen lock, or a security key with a PIN.',
      unsupported: 'This browser knows no passkeys. Use a current Chrome, Edge, Firefox or Safari.',
      failed: 'The browser could not finish it. Try again, or use another device or key.',
    },
    /** Why there can be none here. */
    missing: {
      ip: 'Passkeys belong to a host name, and this page was opened under an IP address. Open it under the name the server is set up for.',
      plain: 'This page is not encrypted, so the browser keeps passkeys away from it. Open it with https://.',
      unknown: 'This browser knows no passkeys. Use a current Chrome, Edge, Firefox or Safari.',
    },
  },

  signIn: {
    title: 'Sign in',
    lead: 'Use the passkey on this device, or a security key.',
    passkey: 'Sign in with a passkey',
    working: 'Follow your browser',
    provider: (name: string) => `Sign in with ${name}`,
    field: 'Or choose a passkey',
    fieldSays: 'Tap to see your passkeys',
    checking: 'Signing in',
    cancelled: 'You are not signed in yet. Try again whenever you like.',
    ended: 'Your session has ended. Sign in again.',
    unreached: 'The server does not answer',
    lost: 'No passkey here? Ask an owner for a recovery link. Just installed: open the set-up link that the start has printed.',
  },

  welcome: {
    checking: 'Looking at the link',
    notChecked: 'The link could not be checked',
    titles: {
      setup: (_role: Role, _name: string) => 'Make yourself the owner',
      invite: (role: Role, _name: string) =>
        ({
          owner: 'You are invited as an owner',
          admin: 'You are invited as an admin',
          operator: 'You are invited as an operator',
          guest: 'You are invited as a guest',
        })[role],
      recover: (_role: Role, name: string) => `A new passkey for ${name}`,
    },
    says: {
      setup: (left: string, _name: string) =>
        `This set-up link works once, for ${left} more. The passkey you make now is the only way in.`,
      invite: (left: string, name: string) =>
        `This link is for ${name}. It works once, for ${left} more. You sign in with a passkey: there is no password.`,
      recover: (left: string, _name: string) =>
        `This link works once, for ${left} more. With the new passkey you are signed out everywhere else.`,
    },
    name: 'Name shown to others',
    cancelled: 'No passkey was made, and the link still works. Try again whenever you like.',
    setupFoot:
      'Make a second passkey under Settings afterwards, so that a lost device does not lock you out.',
    foot: 'The passkey stays on this device, in your password manager, or on a security key.',
    guest: 'That is all',
    guestReady: 'Your passkey is ready.',
    guestNext: 'Open the review your host told you about and choose Sign in.',
    gone: 'This link does not work any more',
    goneSay:
      'It was used, its time is over, a newer one took its place, or it is for somebody who is not there. A set-up link opens nothing once there is an owner.',
    goneNext: [
      'Setting up the server: start it again, and it prints a new link.',
      'Invited, or without your passkey: ask who sent the link for a new one.',
      'You have made your passkey: sign in with it.',
    ],
    noSecret: 'Open the link again',
    noSecretSay:
      'This page keeps the secret of a link only until it is left or loaded again. The link itself still works.',
    signIn: 'Go to sign-in',
  },

  callback: {
    title: 'You are not signed in',
    refused:
      'The sign-in was not accepted: it took too long, was begun in another browser, was turned down, or you are not on the list. Begin again; if that does not help, ask an owner.',
    notInvited: 'You are not on the list of who may come in. Ask an owner to put your address on it.',
    notInvitedToRoom:
      'You are not on the list of this review. Ask the host to put the address you signed in with on it.',
    backToSignIn: 'Back to sign-in',
    backToRoom: 'Back to the review',
  },
}
