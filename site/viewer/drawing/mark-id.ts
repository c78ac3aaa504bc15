/** A name for a mark that nothing else has: 16 characters of a to z and 2 to 7, 80 bits by chance. */
export const newMarkId = (): string =>
  Array.from(
    crypto.getRandomValues(new Uint8Array(16)),
    byte => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32],
  ).join('')
