import { type Channel, tell } from './channel.ts'
import { readFromSender } from './control.ts'
import { digest, rootOf, toHex } from './hash.ts'
import type { Keep } from './keep.ts'
import { BLOCK, CHUNK, WINDOW } from './limits.ts'
import type { Progress } from './sending.ts'
import type { Failure } from './state.ts'

/** How often it is said how much is there, in ms, while a block is under way. */
const SAY_MS = 1000

/**
 * Takes a file in: each block is checked before it is kept, the whole at the end. The sender is a stranger's page: what
 * is longer, shorter or in another order than a sender of ours would send ends it.
 * @param size as it was offered, bytes
 */
export function startReceiving(
  size: number,
  channel: Channel,
  keep: Keep,
  progress: Progress & { verified(file: Blob): void },
): { stop(): void } {
  const blocks: Uint8Array<ArrayBuffer>[] = []
  let block = new Uint8Array(blockSize(0))
  let filled = 0
  /** Blocks that have come; `kept` of their bytes are checked and written. */
  let n = 0
  let kept = 0
  let said = 0
  let ended = false
  let stopped = false
  let work = Promise.resolve()

  function blockSize(n: number): number {
    return Math.max(0, Math.min(BLOCK, size - n * BLOCK))
  }
  const stop = () => {
    stopped = true
    channel.onmessage = null
    clearInterval(timer)
  }
  const broke = (why: Failure) => {
    if (stopped) return
    stop()
    progress.broke(why)
  }
  /** One thing after another; the first that fails is the last. */
  const then = (next: () => Promise<void>, why: Failure) => {
    work = work.then(() => (stopped ? undefined : next())).catch(() => broke(why))
  }
  const sayHave = () => {
    const bytes = kept === n * BLOCK ? kept + filled : kept
    if (bytes <= said) return
    said = bytes
    tell(channel, { is: 'have', bytes })
    progress.moved(bytes)
  }
  const timer = setInterval(sayHave, SAY_MS)

  channel.onmessage = ({ data }) => {
    if (ended) return broke('protocol')
    if (data instanceof ArrayBuffer) return chunk(new Uint8Array(data))
    const told = typeof data === 'string' ? readFromSender(data) : null
    if (told?.is === 'block' && told.n === n && filled > 0 && filled === block.length) return whole(told.hash)
    if (told?.is === 'end' && filled === 0 && n * BLOCK >= size) return end(told.root)
    broke('protocol')
  }

  function chunk(bytes: Uint8Array<ArrayBuffer>): void {
    const inFlight = n - Math.floor(kept / BLOCK)
    const fits = bytes.length > 0 && bytes.length <= CHUNK && filled + bytes.length <= block.length
    if (fits && inFlight <= WINDOW) {
      block.set(bytes, filled)
      filled += bytes.length
    } else broke('protocol')
  }

  function whole(hash: string): void {
    const bytes = block
    n += 1
    filled = 0
    block = new Uint8Array(blockSize(n))
    then(async () => {
      const own = await digest(bytes)
      if (toHex(own) !== hash) return broke('hash')
      blocks.push(own)
      await keep.write(bytes)
      if (stopped) return
      kept += bytes.length
      sayHave()
    }, 'storage')
  }

  function end(root: string): void {
    ended = true
    then(async () => {
      progress.all()
      if ((await rootOf(size, blocks)) !== root) return broke('hash')
      const file = await keep.finish()
      if (stopped) return
      stop()
      tell(channel, { is: 'done', root })
      progress.verified(file)
    }, 'storage')
  }
  return { stop }
}
