import { look, type Motion } from './stall.ts'

const LOOK_EVERY = 1000

/**
 * Watches whether a picture moves, by decoded frames where there is a peer connection, else by the media clock.
 * Returns a way to stop.
 */
export function watchMotion(
  video: HTMLVideoElement,
  peer: () => RTCPeerConnection | null,
  on: { stalled(): void; moving(): void },
): () => void {
  let motion: Motion = { count: -1, movedAt: performance.now(), stalled: false }
  let watching = true
  const counted = (connection: RTCPeerConnection | null) => {
    if (document.hidden) return null
    // Frames go on being decoded for a paused video, and nobody sees them.
    if (video.paused) return motion.count
    return connection ? decoded(connection) : video.currentTime
  }
  const timer = setInterval(async () => {
    const connection = peer()
    const count = await counted(connection)
    if (!watching) return
    const before = motion.stalled
    motion = look(motion, count, performance.now())
    if (motion.stalled !== before) (motion.stalled ? on.stalled : on.moving)()
  }, LOOK_EVERY)
  return () => {
    watching = false
    clearInterval(timer)
  }
}

async function decoded(connection: RTCPeerConnection): Promise<number | null> {
  if (connection.connectionState === 'closed') return -1
  const stats = await connection.getStats()
  for (const entry of stats.values())
    if (entry.type === 'inbound-rtp' && entry.kind === 'video') return entry.framesDecoded ?? null
  return null
}
