import { Authenticator } from '../support/authenticator.ts'
import { type Answer, call, type Server } from './call.ts'

/** Somebody's browser at a running server: its cookies, and a device with one passkey. */
export class Browser {
  readonly #server: Server
  readonly cookies = new Map<string, string>()
  readonly device: Authenticator

  constructor(server: Server) {
    this.#server = server
    this.device = new Authenticator(server().url)
  }

  /** A call of a page of ours, unless `headers` say that it is somebody else's. */
  async call(
    method: string,
    path: string,
    json?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await call(this.#server(), method, path, {
      ...(json === undefined ? {} : { json }),
      headers: { origin: this.#server().url, ...(cookie && { cookie }), ...headers },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (value) this.cookies.set(name!, value)
      else this.cookies.delete(name!)
    }
    return answer
  }

  /** Makes this device's passkey through a one-time link; the last answer. */
  async useLink(secret: string, name?: string): Promise<Answer> {
    const begun = await this.call('POST', '/api/auth/link/options', { secret, ...(name && { name }) })
    if (begun.status !== 200) return begun
    const response = this.device.create(begun.body.options)
    return this.call('POST', '/api/auth/link/passkey', { secret, response })
  }

  async signIn(): Promise<Answer> {
    const { body } = await this.call('POST', '/api/auth/passkey/options', {})
    return this.call('POST', '/api/auth/passkey', { response: this.device.get(body.options) })
  }
}
