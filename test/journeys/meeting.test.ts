import { expect } from 'vitest'
import { chat, panel, viewer as t } from '../../site/text/en.ts'
import { journey } from './journey.ts'
import { act, conversation, counts, inList, listenIn, openPanel, say, stored } from './meeting.ts'

const { people: words, forms } = panel

/** A knock that only a look now and then would find comes later than this, in ms. */
const KNOCK_HEARD_WITHIN = 5000

const SECRET = 'The client is late with the invoice.'
const MARKUP =
  '<img src=x onerror="document.title=1"> <b>bold</b> javascript:alert(1) https://example.com/reel'

journey(
  'a guest knocks, is let in, talks, raises a hand, is removed and stays outside; a third is not disturbed',
  async ({ product, people, annotate }) => {
    const room = await product.room({ title: 'Reel 7, three at the table' })
    people.keepPrivate(room.title)
    people.expectInConsole(/status of 403 .*\/api\/join\)$/, 'who was removed stays outside')
    await product.origin.encode(await product.key(room))
    const links = {
      host: await product.link(room, { role: 'host', name: 'Colourist' }),
      third: await product.link(room, { role: 'reviewer', name: 'Producer' }),
      guest: await product.link(room, { role: 'reviewer', name: 'Client', waitingRoom: true }),
    }
    const host = await people.open(links.host.url)
    const heardByThird: string[] = []
    const third = await people.open(links.third.url, {
      prepare: async page => listenIn(page, heardByThird),
    })
    await host.sees(25)
    await third.sees(25)
    await openPanel(host, 'people')
    await openPanel(third, 'chat')

    const guest = await people.open(links.guest.url)
    await guest.reaches('knock')
    await host.page.getByRole('button', { name: words.waiting.admitLabel('Client') }).waitFor()
    const seenAt = Date.now()
    expect(await guest.page.locator('video').count()).toBe(0)
    const knockedAt = (await guest.seen()).turns.find(turn => turn.state === 'knock')!.at
    await annotate(`the host saw the knock ${Math.round(seenAt - knockedAt)} ms after the page said so`)
    expect(seenAt - knockedAt).toBeLessThan(KNOCK_HEARD_WITHIN)
    await host.page.getByRole('button', { name: words.waiting.admitLabel('Client') }).click()
    await guest.sees(25)
    await counts(third, 3)

    // Everybody reads what is for everybody; of what is for one, the others get nothing.
    await openPanel(guest, 'chat')
    await say(guest, 'Good morning')
    await stored(third, 'Good morning').waitFor()
    await act(host, 'Client', 'message')
    await host.page.getByRole('textbox', { name: chat.composer.to('Client') }).fill(SECRET)
    await host.page.keyboard.press('Enter')
    await stored(guest, SECRET).waitFor()
    await host.page.getByRole('button', { name: chat.composer.noPrivate }).click()
    await say(host, MARKUP)
    for (const one of [host, third, guest]) await stored(one, MARKUP).waitFor()
    expect(await conversation(host)).toEqual(['Good morning', SECRET, MARKUP])
    expect(await conversation(guest)).toEqual(['Good morning', SECRET, MARKUP])
    expect(await conversation(third)).toEqual(['Good morning', MARKUP])
    expect(heardByThird.some(frame => frame.includes('Good morning'))).toBe(true)
    expect(heardByThird.filter(frame => frame.includes(SECRET))).toEqual([])
    const log = third.page.getByRole('log')
    const targets = await log.locator('a').evaluateAll(all => all.map(a => a.getAttribute('href')))
    expect(targets).toEqual(['https://example.com/reel'])
    expect(await log.locator('.said :not(a):not(bdi)').count()).toBe(0)

    await openPanel(host, 'people')
    await guest.page.getByRole('button', { name: t.controls.hand }).click()
    await inList(host, 'Client').getByText(words.hand).waitFor()

    const before = await third.page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime)
    await act(host, 'Client', 'remove')
    await host.page.getByLabel(forms.reason).fill('Not on the list')
    await host.page.getByRole('button', { name: forms.remove.send, exact: true }).click()
    await guest.reaches('refused', 'removed')
    await guest.page.getByText('Not on the list', { exact: true }).waitFor()
    expect(await guest.page.locator('video').count()).toBe(0)
    await counts(third, 2)
    await third.sees(25)

    await guest.page.reload()
    await guest.reaches('refused', 'removed')
    await guest.page.getByText('Not on the list', { exact: true }).waitFor()
    await guest.page.goto('about:blank')
    await guest.page.goto(links.guest.url)
    await guest.reaches('refused', 'removed')
    expect(await guest.page.locator('video').count()).toBe(0)
    expect((await product.seats(room)).map(seat => seat.person.name).sort()).toEqual([
      'Colourist',
      'Producer',
    ])
    expect(await inList(host, 'Client').count()).toBe(0)

    // The third's picture went on, in one and the same element.
    await third.sees(25)
    const after = await third.page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime)
    expect(after).toBeGreaterThan(before + 2)
    const { sights, turns } = await third.seen()
    expect(turns.at(-1)!.state).toBe('playing')
    expect(turns.filter(turn => turn.state === 'held')).toEqual([])
    expect(new Set(sights.map(({ video }) => video)).size).toBe(1)
    await say(third, 'Shall we go on?')
    await openPanel(host, 'chat')
    await stored(host, 'Shall we go on?').waitFor()
  },
)

journey('two pages of one person are one person', async ({ product, people }) => {
  const room = await product.room({ title: 'Reel 8, twice the same' })
  people.keepPrivate(room.title)
  const host = await people.open((await product.link(room, { role: 'host', name: 'Colourist' })).url)
  const guest = await people.open((await product.link(room, { role: 'reviewer', name: 'Client' })).url)
  for (const one of [host, guest]) await counts(one, 2)
  await openPanel(host, 'people')

  // As a browser duplicates a tab: with who somebody is in it.
  const opened = guest.context.waitForEvent('page')
  await guest.page.evaluate(() => void window.open(location.href))
  const twin = await opened
  await twin.getByRole('button', { name: t.people.here(2) }).waitFor()
  await twin.getByRole('button', { name: t.controls.hand }).click()
  await inList(host, 'Client').getByText(words.hand).waitFor()
  await guest.page.getByRole('button', { name: t.controls.hand, pressed: true }).waitFor()
  expect(await inList(host, 'Client').count()).toBe(1)
  await counts(host, 2)

  // With one of them gone, the person is still there.
  await guest.page.close()
  await twin.getByRole('button', { name: t.controls.hand }).click()
  await inList(host, 'Client').getByText(words.hand).waitFor({ state: 'detached' })
  await counts(host, 2)
  await twin.close()
  await counts(host, 1)
})
