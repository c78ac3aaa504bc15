import type { IceAnswer } from '../../../worker/ice/schema.ts'

/** What came of it: the time there and back through the relay, in ms, or why there is none. */
export type RelayTest =
  | { ms: number }
  /** No relay is configured; it gave no address; nothing came back in time. */
  | { fault: 'none' | 'no_address' | 'silent' }

/** How long it may take, in ms. */
const PATIENCE = 5000

/** Sends something from this page to itself through the relay, and by no other way. */
export async function testRelay({ iceServers }: Pick<IceAnswer, 'iceServers'>): Promise<RelayTest> {
  if (!iceServers.some(({ urls }) => urls.some(url => url.startsWith('turn')))) return { fault: 'none' }
  const config: RTCConfiguration = {
    iceServers: iceServers as RTCIceServer[],
    iceTransportPolicy: 'relay',
  }
  const [near, far] = [new RTCPeerConnection(config), new RTCPeerConnection(config)]
  let found = false
  const pass = (to: RTCPeerConnection) => (event: RTCPeerConnectionIceEvent) => {
    if (!event.candidate) return
    found = true
    to.addIceCandidate(event.candidate).catch(() => {})
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    near.onicecandidate = pass(far)
    far.onicecandidate = pass(near)
    const agreed = { negotiated: true, id: 0 }
    const [channel, mirror] = [near.createDataChannel('test', agreed), far.createDataChannel('test', agreed)]
    mirror.onmessage = ({ data }) => mirror.send(data)
    const back = new Promise<number>(resolve => {
      let sentAt = 0
      channel.onopen = () => {
        sentAt = performance.now()
        channel.send('there and back')
      }
      channel.onmessage = () => resolve(performance.now() - sentAt)
    })
    await near.setLocalDescription()
    await far.setRemoteDescription(near.localDescription!)
    await far.setLocalDescription()
    await near.setRemoteDescription(far.localDescription!)
    const late = new Promise<null>(resolve => {
      timer = setTimeout(() => resolve(null), PATIENCE)
    })
    const ms = await Promise.race([back, late])
    if (ms !== null) return { ms: Math.round(ms) }
    return { fault: found ? 'silent' : 'no_address' }
  } finally {
    clearTimeout(timer)
    near.close()
    far.close()
  }
}
