import { type Channel, tell } from './channel.ts'
import { readFromReceiver } from './control.ts'
import { digest, rootOf, toHex } from './hash.ts'
import { BLOCK, BUFFER, CHUNK, WINDOW } from './limits.ts'
import type { Failure } from './state.ts'

/** What happens to the bytes of a transfer, told to who minds it. */
export interface Progress {
  /** So many bytes are there and right. */
  moved(bytes: number): void
  /** All of them. */
  all(): void
  broke(why: Failure): void
}

/**
 * Sends a file: a block of chunks, then its hash, and the root at the end. Holds back while the browser has enough to send
 * and while the receiver has not kept what it was sent.
 */
export function startSending(
  file: Blob,
  channel: Channel,
  progress: Progress & { verified(): void },
): { stop(): void } {
  let stopped = false
  let [sent, have] = [0, 0]
  let root: string | null = null
  let wake = () => {}

  const stop = () => {
    stopped = true
    channel.onmessage = null
    wake()
  }
  const broke = (why: Failure) => {
    if (stopped) return
    stop()
    progress.broke(why)
  }
  const until = async (met: () => boolean) => {
    while (!stopped && !met())
      await new Promise<void>(resolve => {
        wake = resolve
      })
  }

  channel.bufferedAmountLowThreshold = BUFFER.low
  channel.onbufferedamountlow = () => wake()
  channel.onmessage = ({ data }) => {
    const said = typeof data === 'string' ? readFromReceiver(data) : null
    if (said?.is === 'have' && said.bytes >= have && said.bytes <= sent) {
      have = said.bytes
      progress.moved(have)
      finish()
      wake()
    } else if (said?.is === 'done' && root !== null && have === file.size) {
      if (said.root !== root) return broke('hash')
      stop()
      progress.verified()
    } else broke('protocol')
  }

  function finish(): void {
    if (root !== null && have === file.size) progress.all()
  }

  async function send(): Promise<void> {
    const blocks: Uint8Array<ArrayBuffer>[] = []
    for (let at = 0; at < file.size && !stopped; at += BLOCK) {
      await until(() => at + BLOCK - have <= WINDOW * BLOCK)
      const bytes = new Uint8Array(await file.slice(at, at + BLOCK).arrayBuffer())
      // It was changed while it was sent.
      if (bytes.length !== Math.min(BLOCK, file.size - at)) return broke('file')
      const hash = await digest(bytes)
      for (let from = 0; from < bytes.length && !stopped; from += CHUNK) {
        await until(() => channel.bufferedAmount < BUFFER.full)
        if (stopped) return
        const chunk = bytes.subarray(from, from + CHUNK)
        sent += chunk.length
        try {
          channel.send(chunk)
        } catch {
          // Closed: whoever watches the connection tells it.
          return stop()
        }
      }
      tell(channel, { is: 'block', n: blocks.length, hash: toHex(hash) })
      blocks.push(hash)
    }
    if (stopped) return
    root = await rootOf(file.size, blocks)
    tell(channel, { is: 'end', root })
    finish()
  }
  send().catch(() => broke('file'))
  return { stop }
}
