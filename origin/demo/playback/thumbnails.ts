import type { IncomingMessage } from 'node:http'
import type { Admission } from '../admission/admission.ts'
import { clientOf, urlOf } from '../http/client-of.ts'
import type { MediaReply } from '../http/reply.ts'
import type { Registry } from '../streams/registry.ts'

/** Whether a file is a thumbnail. Only JPEG is configured, as in the captures, but OME asks for a PNG too. */
export function isThumbnail(file: string): boolean {
  return file === 'thumb.jpg' || file === 'thumb.png'
}

/** Answers a request for a thumbnail. Every one is asked for; none is ever closed. */
export async function serveThumbnail(
  setup: { app: string; admission: Admission; registry: Registry },
  request: IncomingMessage,
): Promise<MediaReply> {
  const url = urlOf(request, 'http')
  const decision = await setup.admission.opening({
    direction: 'outgoing',
    protocol: 'Thumbnail',
    client: clientOf(request),
    url,
  })
  if (!decision.allowed) return { status: 401 }
  const { app, stream: name, file } = decision.target
  const stream = app === setup.app ? setup.registry.get(name) : undefined
  if (!stream?.playable || file !== 'thumb.jpg') return { status: 404 }
  const body = stream.publication.thumbnail
  stream.meter.sent(body.length, Date.now())
  return { status: 200, type: 'image/jpeg', headers: { 'Cache-Control': 'no-cache, no-store' }, body }
}
