import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { PING, SUBPROTOCOL, type ToServer } from '../worker/live/protocol.ts'

/** So many pages connect at once. */
const AT_ONCE = 8
/** What pages that are there send a ping after, in ms. */
const PING_EVERY = 3_000
/** A message that has not come after so long is lost, in ms. */
const LOST_AFTER = 20_000
/** What comes twice comes within so long, in ms. */
const DOUBLED_WITHIN = 1_000

/** What became of the messages that were said. */
export interface Talk {
  messages: number
  /** From sending to having, each message at each person, sorted; ms. */
  delivery: Float64Array
  lost: number
  doubled: number
}

/** People who are in one room, each with a page of their own, in this process and thread. */
export interface Crowd {
  /** Says so many messages in turn, evenly, and waits until everybody has all. `name`: no two talks have the same. */
  talk(name: string, perSecond: number, seconds: number): Promise<Talk>
  leave(): void
}

/** What of a message tells which one it is: as cheap as can be, because this process shares the machine. */
const CHAT = Buffer.from('{"type":"chat",')
const WELCOME = Buffer.from('{"type":"welcome",')
const BYE = Buffer.from('{"type":"bye",')
const WHICH = /"message":\{"id":"([a-z2-7]{16})".*"ref":"([\w]+)-(\d+)"/

/** @throws when a page is not let in, or is sent away later */
export async function gather(url: string, tokens: readonly string[]): Promise<Crowd> {
  let heard: (person: number, text: string) => void = () => {}
  const fail = (why: string) => {
    throw new Error(`A page lost the room: ${why}`)
  }

  async function connect(token: string, person: number): Promise<WebSocket> {
    const address = `${url.replace('http', 'ws')}/api/live`
    const page = new WebSocket(address, [SUBPROTOCOL, `bearer.${token}`], { perMessageDeflate: false })
    const welcomed = new Promise<void>(done => {
      page.on('message', (data: Buffer) => {
        if (data.subarray(0, CHAT.length).equals(CHAT)) heard(person, data.toString())
        else if (data.subarray(0, WELCOME.length).equals(WELCOME)) done()
        else if (data.subarray(0, BYE.length).equals(BYE)) fail(data.toString())
      })
    })
    await once(page, 'open')
    page.on('close', code => leaving || fail(`closed with ${code}`))
    say(page, { type: 'hello' })
    pings.push(setInterval(() => page.send(PING), PING_EVERY))
    await welcomed
    return page
  }

  let leaving = false
  const pings: NodeJS.Timeout[] = []
  const pages: WebSocket[] = []
  const waiting = tokens.entries()
  const lane = async () => {
    for (const [person, token] of waiting) pages[person] = await connect(token, person)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return {
    async talk(name, perSecond, seconds) {
      const count = perSecond * seconds
      const sentAt = new Float64Array(count)
      const delivery = new Float64Array(count * pages.length)
      const seen = pages.map(() => new Map<string, number>())
      let delivered = 0
      let doubled = 0
      let complete = () => {}
      const all = new Promise<void>(done => {
        complete = done
      })
      heard = (person, text) => {
        const now = performance.now()
        const [, id, talk, n] = WHICH.exec(text) ?? fail(text)
        if (talk !== name) return
        const before = seen[person]!.get(id!) ?? 0
        seen[person]!.set(id!, before + 1)
        if (before) doubled++
        else {
          delivery[delivered++] = now - sentAt[Number(n)]!
          if (delivered === delivery.length) complete()
        }
      }
      const began = performance.now()
      for (let n = 0; n < count; n++) {
        await wait(Math.max(0, began + (n * 1000) / perSecond - performance.now()))
        sentAt[n] = performance.now()
        say(pages[n % pages.length]!, { type: 'chat', text: `This is message ${n}.`, ref: `${name}-${n}` })
      }
      await Promise.race([all, wait(LOST_AFTER, undefined, { ref: false })])
      await wait(DOUBLED_WITHIN)
      return {
        messages: count,
        delivery: delivery.subarray(0, delivered).sort(),
        lost: delivery.length - delivered,
        doubled,
      }
    },
    leave() {
      leaving = true
      for (const ping of pings) clearInterval(ping)
      for (const page of pages) page.terminate()
    },
  }
}

const say = (page: WebSocket, message: ToServer): void => page.send(JSON.stringify(message))
