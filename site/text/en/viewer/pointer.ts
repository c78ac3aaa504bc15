/** Pointing at the picture. */
export const pointer = {
  point: 'Point',
  withKey: (what: string, key: string) => `${what} (hold ${key})`,
  /** What the button does to a finger, which has no key to hold. */
  press: 'Press the picture and drag',
}
