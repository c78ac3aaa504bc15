import { doors, panel, viewer as t } from '../../site/text/en.ts'
import { journey } from './journey.ts'

const { invite: words } = panel

journey(
  'a host invites somebody by name, who comes in under it until the link is taken back',
  async ({ product, people }) => {
    const room = await product.room({ title: 'Reel 4, by invitation' })
    people.keepPrivate(room.title)
    people.expectInConsole(/status of 410 .*\/api\/join\)$/, 'the link was taken back')
    // A page whose channel closes asks the room why.
    people.allowInConsole(/status of 410 .*\/api\/room\)$/)
    const host = await people.open((await product.link(room, { role: 'host', name: 'Colourist' })).url)
    await host.reaches('waiting')
    await host.page.getByRole('button', { name: t.people.here(1) }).click()
    await host.page.getByRole('button', { name: words.open, exact: true }).click()
    await host.page.getByLabel(words.name).fill('Client')
    await host.page.getByRole('button', { name: words.send, exact: true }).click()
    await host.page.getByRole('img', { name: words.qr('Client') }).waitFor()
    const url = await host.page.getByLabel(words.link, { exact: true }).inputValue()

    const guest = await people.open(url)
    await guest.reaches('waiting')
    await host.page.getByRole('listitem').filter({ hasText: 'Client' }).getByText('Reviewer').waitFor()

    await host.page.getByRole('button', { name: words.all }).click()
    const link = host.page.getByRole('listitem').filter({ hasText: words.list.uses(1) })
    await link.getByText(words.list.madeBy('Colourist')).waitFor()
    await link.getByRole('button', { name: words.list.actions('Client') }).click()
    await host.page.getByRole('menuitem', { name: words.list.menu.revoke }).click()
    await host.page.getByText(words.list.revokeSays).waitFor()
    await host.page.getByRole('button', { name: words.list.revoke, exact: true }).click()
    await host.page.getByText(words.revoked('Client')).waitFor()
    await guest.reaches('refused', 'link_revoked')
    await guest.page.getByRole('heading', { name: doors.refused.link_revoked.title }).waitFor()

    await guest.page.reload()
    await guest.reaches('refused', 'link_revoked')
  },
)
