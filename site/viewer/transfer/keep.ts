import { largestOf } from './bounds.ts'

/** Where a file is put together while it comes in. */
export interface Keep {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** All of it, of no type that a browser would show or run. */
  finish(): Promise<Blob>
  /** Forgets it, finished or not. */
  discard(): Promise<void>
}

/** Nothing that comes from others is ever more than bytes to save. */
const TYPE = 'application/octet-stream'

/** How long the browser may take to copy the largest file into the downloads, in ms. */
const DOWNLOAD_MS = 180_000

/** The folder within the browser's own storage for this site, which no other site and no file manager sees. */
const FOLDER = 'transfers'

const hasDisk = (): boolean =>
  typeof navigator.storage?.getDirectory === 'function' &&
  typeof FileSystemFileHandle !== 'undefined' &&
  'createWritable' in FileSystemFileHandle.prototype

/** The largest file that this browser can take, in bytes. */
export async function largestHere(): Promise<number> {
  if (!hasDisk()) return largestOf({ disk: false, free: null })
  const { quota, usage } = await navigator.storage.estimate().catch(() => ({ quota: undefined, usage: 0 }))
  return largestOf({ disk: true, free: quota === undefined ? null : quota - (usage ?? 0) })
}

/** On disk where the browser has a place for it, else in memory. @throws when it was to be on disk and cannot be */
export async function openKeep(id: string): Promise<Keep> {
  return hasDisk() ? onDisk(id) : inMemory()
}

function inMemory(): Keep {
  let parts: Blob[] = []
  return {
    // As blobs, which browsers put elsewhere when there are many.
    async write(bytes) {
      parts.push(new Blob([bytes]))
    },
    async finish() {
      return new Blob(parts, { type: TYPE })
    },
    async discard() {
      parts = []
    },
  }
}

async function onDisk(id: string): Promise<Keep> {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true })
  const release = await hold(id)
  const handle = await folder.getFileHandle(id, { create: true })
  const writable = await handle.createWritable()
  let finished = false
  const remove = async () => {
    await folder.removeEntry(id).catch(() => {})
    release()
  }
  return {
    write: bytes => writable.write(bytes),
    async finish() {
      await writable.close()
      finished = true
      return new Blob([await handle.getFile()], { type: TYPE })
    },
    async discard() {
      // The download reads from it, and does not say when it is done.
      if (finished) return void setTimeout(remove, DOWNLOAD_MS)
      await writable.abort().catch(() => {})
      await remove()
    },
  }
}

/** A lock says that a page still has the file; it ends with the page, however that ends. */
function hold(id: string): Promise<() => void> {
  return new Promise(got => {
    navigator.locks.request(lockOf(id), () => new Promise<void>(release => got(release))).catch(() => {})
  })
}
const lockOf = (id: string): string => `sightline-transfer-${id}`

/** Removes what pages left behind that are no longer there. */
export async function tidyUp(): Promise<void> {
  if (!hasDisk()) return
  try {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle(FOLDER)
    const { held = [] } = await navigator.locks.query()
    const inUse = new Set(held.map(lock => lock.name))
    for await (const id of folder.keys()) if (!inUse.has(lockOf(id))) await folder.removeEntry(id)
  } catch {
    // There is no such folder, or another page is just doing the same.
  }
}
