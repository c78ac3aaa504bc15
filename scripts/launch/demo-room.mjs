/** The room and the link of the demonstration; found again at every start by these names. */
const ROOM = { slug: 'demo', title: 'Demonstration' }
const LABEL = 'Demonstration'

/**
 * Makes sure that there is a room with a link to look at, and a picture in it.
 * @param {{ url: string, token: string, origin: { apiUrl: string, apiToken: string } }} where
 * @returns {Promise<string>} the review link
 * @throws {Error} naming the call that failed
 */
export async function openDemoRoom({ url, token, origin }) {
  const api = caller(`${url}/api`, `Bearer ${token}`)
  const room = await ensureRoom(api)
  const link = await ensureLink(api, room.id)
  const { rtmp } = await api('GET', `/rooms/${room.id}/ingest`)
  const basic = `Basic ${Buffer.from(origin.apiToken).toString('base64')}`
  await caller(origin.apiUrl, basic)('PUT', `/demo/loops/${encodeURIComponent(rtmp.key)}`)
  return link.url
}

/** @typedef {(method: string, path: string, body?: object) => Promise<any>} Api */

/** @param {Api} api */
async function ensureRoom(api) {
  const { items } = await api('GET', `/rooms?limit=200&q=${ROOM.slug}`)
  const room = items.find((/** @type {{ slug: string }} */ one) => one.slug === ROOM.slug)
  if (!room) return api('POST', '/rooms', ROOM)
  // Somebody tried out how a room ends; the demonstration begins anew.
  if (room.state === 'ended') return api('PATCH', `/rooms/${room.id}`, { state: 'open', endsAt: null })
  return room
}

/**
 * @param {Api} api
 * @param {string} roomId
 */
async function ensureLink(api, roomId) {
  const { items } = await api('GET', `/rooms/${roomId}/links?limit=200`)
  return (
    items.find(
      (/** @type {{ label: string, state: string }} */ one) => one.label === LABEL && one.state === 'active',
    ) ?? api('POST', `/rooms/${roomId}/links`, { label: LABEL, role: 'reviewer' })
  )
}

/**
 * @param {string} base
 * @param {string} authorization
 * @returns {Api}
 */
function caller(base, authorization) {
  return async (method, path, body) => {
    const answer = await fetch(base + path, {
      method,
      headers: { authorization, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await answer.text()
    if (!answer.ok) {
      const { detail } = JSON.parse(text || '{}')
      throw new Error(
        `${method} ${path.replace(/\/demo\/loops\/.*/, '/demo/loops/…')} was answered ${answer.status}. ${detail ?? ''}`,
      )
    }
    return text ? JSON.parse(text) : undefined
  }
}
