import type { IncomingMessage } from 'node:http'
import type { Admission } from '../admission/admission.ts'
import type { Session } from '../admission/session.ts'
import { clientOf, urlOf } from '../http/client-of.ts'
import type { MediaReply } from '../http/reply.ts'
import type { LiveStream } from '../streams/live-stream.ts'
import type { Registry } from '../streams/registry.ts'
import { masterPlaylist, mediaPlaylist, readFileName, type TrackFiles } from './hls-playlist.ts'
import type { HlsSessions } from './hls-sessions.ts'
import type { HlsWindow } from './hls-window.ts'

const PLAYLIST = 'application/vnd.apple.mpegurl'
const NO_CACHE = { 'Cache-Control': 'no-cache, no-store' }
const NOT_FOUND: MediaReply = { status: 404 }
const UNAUTHORIZED: MediaReply = { status: 401 }
/** A blocked request is given up after this long (three times the longest segment). */
const LONGEST_BLOCK_MS = 6000
const LOOK_EVERY_MS = 20

/** Master playlists go through admission; `playlist.m3u8` is OME's name for plain HLS and gives the same here. */
export function isMasterPlaylist(file: string): boolean {
  return file === 'llhls.m3u8' || file === 'playlist.m3u8'
}

export interface HlsSetup {
  readonly app: string
  readonly admission: Admission
  readonly registry: Registry
  readonly sessions: HlsSessions
}

/** Answers a request for a master playlist: asks first, and ties what follows to this TCP connection. */
export async function serveMaster(setup: HlsSetup, request: IncomingMessage): Promise<MediaReply> {
  const { app, admission, registry, sessions } = setup
  const session: Session = {
    direction: 'outgoing',
    protocol: 'LLHLS',
    client: clientOf(request),
    url: urlOf(request, 'http'),
  }
  const decision = await admission.opening(session)
  if (!decision.allowed) return UNAUTHORIZED
  const stream = decision.target.app === app ? registry.get(decision.target.stream) : undefined
  if (!stream?.hlsPlayable || stream.publication.hls.tracks.length === 0) return NOT_FOUND
  const { lifetimeMs, newUrl } = decision
  const { id } = sessions.open({ session, newUrl, lifetimeMs, stream, socket: request.socket })
  const body = masterPlaylist(filesOf(stream), `/${app}/${stream.name}`, id)
  return { status: 200, type: PLAYLIST, headers: NO_CACHE, body }
}

/** Answers a request for anything else of LL-HLS. Nobody is asked, but the session must still be good. */
export async function serveMedia(setup: HlsSetup, url: URL, name: string, file: string): Promise<MediaReply> {
  const wanted = readFileName(file)
  if (!wanted) return NOT_FOUND
  const authorized = () => setup.sessions.find(url.searchParams.get('session'))
  const session = authorized()
  if (!session || session.stream.name !== name) return UNAUTHORIZED
  const { stream } = session
  const files = filesOf(stream).find(of => of.track.id === wanted.track && of.key === wanted.key)
  if (!files || stream.over) return NOT_FOUND
  const window = stream.publication.hls
  const media = (body: Buffer | undefined): MediaReply => {
    if (!body) return NOT_FOUND
    stream.meter.sent(body.length, Date.now())
    return { status: 200, type: 'video/mp4', body }
  }

  if (wanted.kind === 'init') return media(files.track.init)
  if (wanted.kind === 'chunklist') {
    const block = readBlock(url)
    if (block === 'bad') return { status: 400 }
    if (block && !(await present(stream, window, block.segment, block.part))) {
      return stream.over ? NOT_FOUND : { status: 503 }
    }
    if (!authorized()) return UNAUTHORIZED
    return {
      status: 200,
      type: PLAYLIST,
      headers: NO_CACHE,
      body: mediaPlaylist(files, window.segments(), session.id),
    }
  }
  const part = wanted.kind === 'part' ? wanted.part : undefined
  if (!(await present(stream, window, wanted.segment, part))) return NOT_FOUND
  if (!authorized()) return UNAUTHORIZED
  const segment = window.segments().find(found => found.number === wanted.segment)
  const { kind } = files.track
  if (part !== undefined) return media(segment?.parts[part]?.bytes(kind))
  return media(segment && Buffer.concat(segment.parts.map(each => each.bytes(kind))))
}

/** Names the tracks of a publication. The key tells one publication's files from those of the next. */
function filesOf(stream: LiveStream): TrackFiles[] {
  const key = stream.createdAt.toString(36)
  return stream.publication.hls.tracks.map(track => ({ track, key }))
}

/** Which segment or part a playlist request wants to wait for (`_HLS_msn`, `_HLS_part`). */
function readBlock(url: URL): { segment: number; part: number | undefined } | undefined | 'bad' {
  const segment = url.searchParams.get('_HLS_msn')
  const part = url.searchParams.get('_HLS_part')
  if (segment === null) return part === null ? undefined : 'bad'
  const digits = (text: string) => /^\d{1,9}$/.test(text)
  if (!digits(segment) || (part !== null && !digits(part))) return 'bad'
  return { segment: Number(segment), part: part === null ? undefined : Number(part) }
}

/** Whether a segment (or a part of it) exists, waiting for it when it is one of the next to come. */
async function present(
  stream: LiveStream,
  window: HlsWindow,
  number: number,
  part?: number,
): Promise<boolean> {
  const last = window.segments().at(-1)?.number ?? 0
  if (number > last + 2) return false
  const giveUp = Date.now() + LONGEST_BLOCK_MS
  while (!stream.over && Date.now() < giveUp) {
    const segments = window.segments()
    const segment = segments.find(found => found.number === number)
    if (segment && (segment.complete || (part !== undefined && segment.parts.length > part))) return true
    // Already forgotten, or followed by another.
    if ((segments.at(-1)?.number ?? 0) > number) return segment !== undefined
    await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS))
  }
  return false
}
