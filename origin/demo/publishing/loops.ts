import { Loop, type LoopSetup, type LoopState } from './loop.ts'

/** The built-in encoders, by stream key. */
export class Loops {
  readonly #setup: LoopSetup
  readonly #loops = new Map<string, Loop>()

  constructor(setup: LoopSetup) {
    this.#setup = setup
  }

  /** Starts an encoder for a key. False when there is one already. */
  start(key: string): boolean {
    if (this.#loops.has(key)) return false
    this.#loops.set(key, new Loop(key, this.#setup))
    return true
  }

  /** Stops an encoder. False when there is none. */
  stop(key: string): boolean {
    this.#loops.get(key)?.stop()
    return this.#loops.delete(key)
  }

  states(): { key: string; state: LoopState }[] {
    return [...this.#loops].map(([key, loop]) => ({ key, state: loop.state }))
  }

  stopAll(): void {
    for (const key of [...this.#loops.keys()]) this.stop(key)
  }
}
