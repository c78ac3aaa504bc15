import { randomUUID } from 'node:crypto'
import { Connection } from './connection.mjs'

/** An idle stream is closed, and what it left open rolled back, after this many milliseconds. */
const IDLE_MS = 5_000

/** An error with the code that Hrana clients look for. */
export class HranaError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message)
    this.code = code
  }
}

/**
 * A client's stream: a connection of its own for as long as it lasts, and the SQL texts it has stored.
 * @typedef {{ connection: Connection, texts: Map<number, string> }} Stream
 */

/**
 * The streams of one database. SQLite has one writer and its calls block this process, so while one stream is inside a
 * transaction that spans requests, the others wait for it here instead of in SQLite's busy handler.
 */
export class Streams {
  #file
  #idleMs
  /** @type {Connection[]} */
  #idle
  /** @type {Map<string, { stream: Stream, timer: NodeJS.Timeout }>} */
  #parked = new Map()
  /** @type {Stream | undefined} */
  #writer
  /** @type {(() => void)[]} */
  #waiting = []

  /**
   * @param {string} file
   * @param {number} [idleMs]
   */
  constructor(file, idleMs = IDLE_MS) {
    this.#file = file
    this.#idleMs = idleMs
    // Opened now so that a database that cannot be opened is a failure to start.
    this.#idle = [new Connection(file)]
  }

  /**
   * The stream of a baton, or a new one; with the right to use the database.
   * @param {string | null | undefined} baton
   * @returns {Promise<Stream>}
   * @throws {HranaError} for a baton that is unknown, used or expired
   */
  async take(baton) {
    const stream = baton ? this.#unpark(baton) : { connection: this.#connect(), texts: new Map() }
    while (this.#writer && this.#writer !== stream)
      await new Promise(resolve => this.#waiting.push(() => resolve(undefined)))
    this.#writer = stream
    return stream
  }

  /**
   * Keeps a stream for its next request.
   * @param {Stream} stream
   * @returns {string} the baton to come back with
   */
  park(stream) {
    if (!stream.connection.inTransaction) this.#release()
    const baton = randomUUID()
    const timer = setTimeout(() => {
      this.#parked.delete(baton)
      this.end(stream)
    }, this.#idleMs)
    this.#parked.set(baton, { stream, timer })
    return baton
  }

  /**
   * Closes a stream; an open transaction is rolled back.
   * @param {Stream} stream
   */
  end(stream) {
    stream.connection.rollback()
    this.#idle.push(stream.connection)
    if (this.#writer === stream) this.#release()
  }

  close() {
    for (const { stream, timer } of this.#parked.values()) {
      clearTimeout(timer)
      this.end(stream)
    }
    this.#parked.clear()
    for (const connection of this.#idle.splice(0)) connection.close()
  }

  #connect() {
    return this.#idle.pop() ?? new Connection(this.#file)
  }

  /** @param {string} baton */
  #unpark(baton) {
    const parked = this.#parked.get(baton)
    if (!parked) throw new HranaError('STREAM_EXPIRED', 'The stream is unknown or has expired')
    this.#parked.delete(baton)
    clearTimeout(parked.timer)
    return parked.stream
  }

  #release() {
    this.#writer = undefined
    for (const wake of this.#waiting.splice(0)) wake()
  }
}
