import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'

/** What a page needs to publish the browser's camera by WHIP, and nothing more. */
declare global {
  interface Window {
    stopJourneyCamera: () => Promise<void>
  }
}

/** Publishes from a page; resolves once the picture is on its way. */
export const startCamera = (page: Page, whip: string): Promise<void> =>
  page.evaluate(async url => {
    const media = await navigator.mediaDevices.getUserMedia({
      video: { width: 640, height: 360, frameRate: 25 },
      audio: true,
    })
    const connection = new RTCPeerConnection()
    for (const track of media.getTracks())
      connection.addTransceiver(track, { direction: 'sendonly', streams: [media] })
    await connection.setLocalDescription()
    await new Promise<void>(done => {
      const look = () => connection.iceGatheringState === 'complete' && done()
      connection.addEventListener('icegatheringstatechange', look)
      look()
    })
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/sdp' },
      body: connection.localDescription!.sdp,
    })
    if (answer.status !== 201) throw new Error(`WHIP answered ${answer.status}`)
    const resource = new URL(answer.headers.get('Location')!, url)
    await connection.setRemoteDescription({ type: 'answer', sdp: await answer.text() })
    window.stopJourneyCamera = async () => {
      await fetch(resource, { method: 'DELETE' })
      connection.close()
      for (const track of media.getTracks()) track.stop()
    }
    await new Promise<void>((done, fail) => {
      const look = () => {
        if (connection.connectionState === 'connected') done()
        if (connection.connectionState === 'failed') fail(new Error('The camera did not connect'))
      }
      connection.addEventListener('connectionstatechange', look)
      look()
    })
  }, whip)

export const stopCamera = (page: Page): Promise<void> => page.evaluate(() => window.stopJourneyCamera())

/**
 * Somebody else's page on this machine, empty, for a WHIP client: no page of the product uses a camera, and their policy
 * says so.
 */
export async function servePage(): Promise<{ url: string; close: () => void }> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'referrer-policy': 'no-referrer' })
    response.end('<!doctype html><link rel="icon" href="data:,">')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() }
}
