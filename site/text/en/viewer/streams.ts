/** The grid of a room's streams. */
export const streams = {
  all: 'All streams',
  programme: 'Programme',
  enlarge: (name: string) => `Make ${name} large`,
  mute: (name: string) => `Mute ${name}`,
  unmute: (name: string) => `Unmute ${name}`,
  size: (width: number, height: number) => `${width} × ${height}`,
  withKey: (what: string, key: string) => `${what} (${key})`,
}
