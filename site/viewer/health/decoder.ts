/** What was asked, by the question; undefined = the answer is still on its way. */
const answers = new Map<string, boolean | null>()

/**
 * Whether the browser says that its hardware decodes such a picture: for those that keep it out of the statistics. Null
 * until it has answered, and where it does not.
 */
export function hardwareDecodes(
  codec: string | null,
  { videoWidth: width, videoHeight: height }: HTMLVideoElement,
  bitrate: number | null,
  framerate: number | null,
): boolean | null {
  const contentType = codec === null ? undefined : types.find(([name]) => codec.startsWith(name))?.[1]
  if (!contentType || !width || !height || bitrate === null || framerate === null) return null
  const key = `${contentType} ${width} ${height} ${framerate}`
  if (!answers.has(key)) {
    answers.set(key, null)
    navigator.mediaCapabilities
      ?.decodingInfo({
        type: 'webrtc',
        video: { contentType, width, height, bitrate: Math.round(bitrate), framerate },
      })
      .then(
        ({ supported, powerEfficient }) => void answers.set(key, supported ? powerEfficient : null),
        () => {},
      )
  }
  return answers.get(key) ?? null
}

const types = [
  ['H.264', 'video/h264'],
  ['H.265', 'video/h265'],
  ['AV1', 'video/av1'],
  ['VP9', 'video/vp9'],
  ['VP8', 'video/vp8'],
] as const
