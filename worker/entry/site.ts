import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Deps } from '../deps.ts'
import { noneMatch } from '../http/etag.ts'

const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json',
  woff2: 'font/woff2',
  xml: 'application/xml',
}

/** Types that compression makes smaller, and a size (bytes) below which it is not worth the header. */
const COMPRESSIBLE = /^(text\/|image\/svg|application\/(json|manifest|wasm|xml))/
const WORTH_COMPRESSING = 1_024

interface File {
  type: string
  etag: string
  body: Uint8Array<ArrayBuffer>
  /** Made when first asked for; undefined = not worth it. */
  gzip: (() => Uint8Array<ArrayBuffer>) | undefined
}

/**
 * The built site, read once into memory. What is not in the folder now is not there: no path of a request ever
 * reaches the file system.
 * @throws when the folder cannot be read
 */
export function openSite(folder: string): Deps['asset'] {
  const files = new Map<string, File>()
  for (const path of filesOf(folder)) files.set(`/${path}`, openFile(path, readFileSync(join(folder, path))))

  return async (path, request) => {
    const file = files.get(path)
    return file && answer(file, request.headers)
  }
}

/** All files below a folder, with `/` between names. Names that begin with `.` or `_` are not for the public. */
function filesOf(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below)).flatMap(name => {
    if (/^[._]/.test(name)) return []
    const path = below ? `${below}/${name}` : name
    return statSync(join(folder, path)).isDirectory() ? filesOf(folder, path) : [path]
  })
}

function openFile(path: string, bytes: Buffer): File {
  const type = types[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
  const body = new Uint8Array(bytes)
  let packed: Uint8Array<ArrayBuffer> | undefined
  const gzip = () => {
    packed ??= new Uint8Array(gzipSync(body, { level: 9 }))
    return packed
  }
  return {
    type,
    // Weak, because the compressed and the plain body share it.
    etag: `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    body,
    gzip: COMPRESSIBLE.test(type) && body.length >= WORTH_COMPRESSING ? gzip : undefined,
  }
}

function answer(file: File, asked: Headers): Response {
  const headers = new Headers({ 'Content-Type': file.type, ETag: file.etag })
  if (file.gzip) headers.set('Vary', 'Accept-Encoding')
  if (noneMatch(asked.get('if-none-match') ?? undefined, file.etag))
    return new Response(null, { status: 304, headers })
  if (!file.gzip || !takesGzip(asked.get('accept-encoding'))) return new Response(file.body, { headers })
  headers.set('Content-Encoding', 'gzip')
  return new Response(file.gzip(), { headers })
}

const takesGzip = (accepted: string | null): boolean =>
  /(^|[\s,])gzip\s*(;\s*q=(?!0(\.0*)?\s*(,|$))|,|$)/i.test(accepted ?? '')
