/**
 * The check of a file that arrives in parts. WebCrypto hashes only what is there as a whole, so each block of 1 MiB is
 * hashed by itself and checked as it comes, and the root at the end is the hash of what makes the file this one and no
 * other: a name for this construction, the size, and the blocks' hashes in their order.
 */
const CONSTRUCTION = 'sightline.file.1'

/** SHA-256. */
export async function digest(bytes: Uint8Array<ArrayBuffer> | ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

/** @param size of the file, bytes */
export async function rootOf(size: number, blocks: readonly Uint8Array<ArrayBuffer>[]): Promise<string> {
  const name = new TextEncoder().encode(CONSTRUCTION)
  const all = new Uint8Array(name.length + 8 + blocks.length * 32)
  all.set(name)
  new DataView(all.buffer).setBigUint64(name.length, BigInt(size))
  blocks.forEach((block, n) => {
    all.set(block, name.length + 8 + n * 32)
  })
  return toHex(await digest(all))
}

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
