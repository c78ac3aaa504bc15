import { expect } from 'vitest'
import { panel, chat as words } from '../../site/text/en.ts'
import { journey } from './journey.ts'
import { conversation, counts, openPanel, say, stored } from './meeting.ts'
import type { Person } from './people.ts'

/** From when the server answers again, in ms: pages try again every 10 s at most, and this machine may be busy. */
const BACK_WITHIN = 20_000

/** Four pages with pictures and two starts of the server, on a machine that does other things too, in ms. */
const PATIENCE = 240_000

const AWAY = 'Written while nobody listened'
const EDGE = 'Said as the light went out'

const unsent = ({ page }: Person, text: string) => page.locator('.unsent').getByText(text, { exact: true })

journey(
  'the server process is killed with three people in the room, and everybody is back with nothing lost',
  { timeout: PATIENCE },
  async ({ product, people, annotate }) => {
    const room = await product.room({ title: 'Reel 9, through the dark' })
    people.keepPrivate(room.title)
    people.allowInConsole(/ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE|ERR_SOCKET_NOT_CONNECTED/)
    people.expectInConsole(/^error: WebSocket connection to '[^']*\/api\/live' failed/, 'the server is away')
    await product.origin.encode(await product.key(room))
    const enter = async (name: string, role: string) => {
      const person = await people.open((await product.link(room, { role, name })).url)
      await person.sees(25)
      await openPanel(person, 'chat')
      return person
    }
    const host = await enter('Colourist', 'host')
    const client = await enter('Client', 'reviewer')
    const producer = await enter('Producer', 'reviewer')
    const all = [host, client, producer]
    const before = ['Reel 9 is up', 'The sky is too warm', 'Half a stop down, then']
    for (const [i, person] of all.entries()) {
      await say(person, before[i]!)
      for (const other of all) await stored(other, before[i]!).waitFor()
    }

    // On its way when the process dies: whether it was stored, only the next process knows.
    await say(client, EDGE)
    await product.killServer()
    for (const { page } of all) await page.getByText(panel.lost).waitFor()
    await say(producer, AWAY)
    await unsent(producer, AWAY).waitFor()
    await producer.page.locator('.unsent').getByText(words.why.offline).waitFor()
    for (const person of all) expect(await stored(person, AWAY).count()).toBe(0)
    // The picture does not pass through the server.
    for (const person of all) await person.sees(10)

    await product.startServer()
    const startedAt = Date.now()
    for (const person of all) {
      await stored(person, AWAY).waitFor()
      await stored(person, EDGE).waitFor()
      await counts(person, 3)
    }
    const took = Date.now() - startedAt
    await annotate(`everybody was back, with all that was said, ${took} ms after the server answered`)
    expect(took).toBeLessThan(BACK_WITHIN)
    for (const person of all) expect(await person.page.locator('.unsent').count()).toBe(0)

    // Nothing lost, nothing doubled, and one order for all, also for who comes now.
    await say(host, 'Back again')
    const late = await enter('Assistant', 'observer')
    for (const person of [...all, late]) await stored(person, 'Back again').waitFor()
    const said = await conversation(late)
    expect(said.slice(0, 3)).toEqual(before)
    expect(said.slice(3).sort()).toEqual(['Back again', EDGE, AWAY].sort())
    for (const person of all) expect(await conversation(person)).toEqual(said)
    for (const person of all) {
      await person.sees(25)
      expect((await person.seen()).turns.at(-1)!.state).toBe('playing')
    }
  },
)
