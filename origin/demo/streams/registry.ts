import { LiveStream, type Readiness } from './live-stream.ts'
import type { Publication } from './publication.ts'

/** The streams on air, by name. One publisher a name. */
export class Registry {
  readonly #streams = new Map<string, LiveStream>()
  readonly #readiness: Readiness

  constructor(readiness: Readiness) {
    this.#readiness = readiness
  }

  get(name: string): LiveStream | undefined {
    return this.#streams.get(name)
  }

  all(): LiveStream[] {
    return [...this.#streams.values()]
  }

  /** Puts a publication on air. The name must be free: look first. */
  publish(name: string, publication: Publication): LiveStream {
    if (this.#streams.has(name)) throw new Error(`Stream ${name} is already live`)
    const stream = new LiveStream(name, publication, this.#readiness)
    this.#streams.set(name, stream)
    return stream
  }

  /** Takes a stream off the air; its viewers are disconnected. */
  remove(stream: LiveStream): void {
    if (this.#streams.get(stream.name) === stream) this.#streams.delete(stream.name)
    stream.end()
  }
}
