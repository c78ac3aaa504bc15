/** An origin that says nothing for so long, in ms, has nothing to say. */
const PATIENCE = 3000

/** Signals for an offer and hangs up: whether the stream plays now. */
export function probe(url: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = new WebSocket(url)
    const answer = (offered: boolean) => {
      clearTimeout(timer)
      socket.onclose = null
      socket.close()
      resolve(offered)
    }
    const timer = setTimeout(() => answer(false), PATIENCE)
    socket.onopen = () => socket.send(JSON.stringify({ command: 'request_offer' }))
    socket.onclose = () => answer(false)
    socket.onmessage = ({ data }) => answer(isOffer(data))
  })
}

function isOffer(data: unknown): boolean {
  try {
    return (JSON.parse(String(data)) as { command?: unknown }).command === 'offer'
  } catch {
    return false
  }
}
