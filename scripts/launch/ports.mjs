import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * Whether a program may listen there now. Another may take it meanwhile; this is for a clear sentence early.
 * @param {string} host
 * @param {number} port
 * @returns {Promise<'free' | 'taken' | 'forbidden' | 'no-such-host'>}
 */
export async function probePort(host, port) {
  const server = createServer()
  try {
    server.listen({ host, port, exclusive: true })
    await once(server, 'listening')
    return 'free'
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code
    if (code === 'EACCES') return 'forbidden'
    if (code === 'EADDRINUSE') return 'taken'
    return 'no-such-host'
  } finally {
    server.close()
  }
}

/**
 * A port that is free now, chosen by the system.
 * @param {string} host
 * @returns {Promise<number>}
 */
export async function freePort(host) {
  const server = createServer()
  server.listen({ host, port: 0, exclusive: true })
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  server.close()
  await once(server, 'close')
  return port
}

/**
 * The preferred port when it is free, else any.
 * @param {string} host
 * @param {number} preferred
 */
export async function portNear(host, preferred) {
  return (await probePort(host, preferred)) === 'free' ? preferred : freePort(host)
}
