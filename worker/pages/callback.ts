/** Where an identity provider sends people back to: a page whose query holds a code for a moment. */
export const CALLBACK = '/auth/callback'
