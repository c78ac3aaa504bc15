/** H.264's `profile_idc`, by its number. */
const avc: Record<number, string> = {
  66: 'Baseline',
  77: 'Main',
  88: 'Extended',
  100: 'High',
  110: 'High 10',
  122: 'High 4:2:2',
  244: 'High 4:4:4',
}
/** H.265's general profile. */
const hevc: Record<string, string> = { 1: 'Main', 2: 'Main 10' }
const av1: Record<string, string> = { 0: 'Main', 1: 'High', 2: 'Professional' }

/**
 * A codec with its profile as people call it, such as "H.264 High".
 * @param mimeType as statistics name it: `video/H264`
 * @param fmtp its parameters in the session description, if there are any
 */
export function codecOf(mimeType: string, fmtp = ''): string {
  const name = mimeType.slice(mimeType.indexOf('/') + 1).toUpperCase()
  const parameter = (key: string) => new RegExp(`(?:^|[;\\s])${key}=([\\w.]+)`, 'i').exec(fmtp)?.[1]
  switch (name) {
    case 'H264':
      return join('H.264', avcProfile(parameter('profile-level-id') ?? ''))
    case 'H265':
    case 'HEVC':
      return join('H.265', hevc[parameter('profile-id') ?? ''])
    case 'AV1':
      return join('AV1', av1[parameter('profile') ?? ''])
    case 'VP9': {
      const profile = parameter('profile-id')
      return join('VP9', profile && `profile ${profile}`)
    }
    default:
      return name.slice(0, 40) || 'unknown'
  }
}

/** The same of what playlists and files say: `avc1.640028`. */
export function codecOfTag(tag: string): string {
  const [kind = '', rest = ''] = tag.split('.', 2)
  if (kind === 'avc1' || kind === 'avc3') return join('H.264', avcProfile(rest))
  if (kind === 'hvc1' || kind === 'hev1') return join('H.265', hevc[rest])
  if (kind === 'av01') return join('AV1', av1[rest])
  return kind.slice(0, 40) || 'unknown'
}

/** @param id three bytes as hexadecimal: profile, constraints, level */
function avcProfile(id: string): string | undefined {
  if (!/^[\da-f]{6}$/i.test(id)) return undefined
  const profile = avc[Number.parseInt(id.slice(0, 2), 16)]
  const constrained = (Number.parseInt(id.slice(2, 4), 16) & 0x40) !== 0
  return profile === 'Baseline' && constrained ? 'Constrained Baseline' : profile
}

const join = (name: string, profile: string | undefined): string => (profile ? `${name} ${profile}` : name)
