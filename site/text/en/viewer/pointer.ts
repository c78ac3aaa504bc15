/** Pointing at the picture. */
export const pointer = {
  point: 'Point',
  withKey: (what: string, key: string) => `${what} (hold ${key})`,
}
