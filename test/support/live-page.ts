import type { Line } from '../../worker/live/hub.ts'
import type { ToClient, ToServer } from '../../worker/live/protocol.ts'
import type { Seat } from '../../worker/live/seat.ts'
import type { TestApp } from './app.ts'

/** Asks to connect as a browser would; `seat` is what the room is handed, if it is. */
export async function askForSeat(
  app: TestApp,
  protocols: string | undefined,
  headers: Record<string, string> = {},
  address = '192.0.2.1',
  query = '',
) {
  let seat: Seat | undefined
  const request = new Request(`http://sightline.test/api/live${query}`, {
    headers: {
      upgrade: 'websocket',
      connection: 'Upgrade',
      ...(protocols === undefined ? {} : { 'sec-websocket-protocol': protocols }),
      ...headers,
    },
  })
  const answer = await app.fetch(request, {
    address,
    upgrade(given) {
      seat = given
      return new Response(null, { status: 204 })
    },
  })
  const text = await answer.text()
  return { status: answer.status, code: text ? JSON.parse(text).code : undefined, seat }
}

/** A connection of a page in this process. */
export class TestPage {
  sent: ToClient[] = []
  closed: string | undefined
  backlog = 0
  line: Line

  constructor(app: TestApp, seat: Seat) {
    this.line = app.hub.connect(seat, {
      send: text => void this.sent.push(JSON.parse(text)),
      close: code => {
        this.closed = code
      },
      drop: () => {
        this.closed = 'dropped'
      },
      backlog: () => this.backlog,
    })
  }

  says(message: ToServer): void {
    this.line.heard(JSON.stringify(message))
  }

  read(): ToClient[] {
    return this.sent.splice(0)
  }
}

/** The page of somebody with a person's token, welcomed. @param sub the sub-room's name */
export async function connectedPage(
  app: TestApp,
  token: string,
  address?: string,
  sub?: string,
): Promise<TestPage> {
  const query = sub === undefined ? '' : `?room=${sub}`
  const { seat } = await askForSeat(app, `sightline.1, bearer.${token}`, {}, address, query)
  const page = new TestPage(app, seat!)
  page.says({ type: 'hello' })
  await app.hub.settled()
  return page
}
