import { expect } from 'vitest'
import { doors, admin as t } from '../../site/text/en.ts'
import { inviteUser, makeInvitation, makeRoom, mayCopy, openPage } from './admin-pages.ts'
import { journey } from './journey.ts'
import { makePasskey, openAsOwner, openLink, touch } from './passkeys.ts'

journey(
  'set up, sign out, sign in, invite a second user, and disable them: they are out at once',
  async ({ product, people }) => {
    people.allowInConsole(/status of 401 .*\/api\//)
    const owner = await openAsOwner(product, people, mayCopy)

    // A device that is touched at every question would sign in again by itself.
    await owner.device.present(false)
    await owner.page.getByRole('button', { name: t.nav.signOut }).first().click()
    await owner.page.getByRole('heading', { name: t.signIn.title }).waitFor()
    const named = async () => (await owner.context.cookies()).map(cookie => cookie.name)
    expect(await named()).not.toContain('__Host-sightline')
    await owner.page.reload()
    await owner.page.getByRole('heading', { name: t.signIn.title }).waitFor()
    await touch(owner)
    await owner.page.getByRole('heading', { name: t.nav.rooms, level: 1 }).waitFor()
    expect((await owner.context.cookies()).filter(cookie => cookie.name === '__Host-sightline')).toEqual([
      expect.objectContaining({
        name: '__Host-sightline',
        httpOnly: true,
        secure: true,
        sameSite: 'Strict',
        path: '/',
        // Gone with the browser.
        expires: -1,
      }),
    ])

    const name = `Grade assistant ${Math.random().toString(36).slice(2, 6)}`
    const link = await inviteUser(owner.page, { name, role: 'operator' })
    const second = await openLink(people, link)
    await second.page.getByText(t.welcome.titles.invite('operator', name)).waitFor()
    await makePasskey(second.page)
    await second.page.getByRole('heading', { name: t.nav.rooms, level: 1 }).waitFor()
    // An operator sees nothing of people and audit.
    await expect.poll(() => second.page.getByRole('link', { name: t.nav.people }).count()).toBe(0)

    const again = await openLink(people, link)
    await again.page.getByRole('heading', { name: t.welcome.gone }).waitFor()
    people.allowInConsole(/status of 404 .*\/api\/auth\/link\)$/)

    await owner.page.reload()
    await owner.page.getByRole('button', { name: t.actionsFor(name), exact: true }).click()
    await owner.page.getByRole('menuitem', { name: t.users.actions.disable }).click()
    await owner.page.getByRole('dialog').getByRole('button', { name: t.users.confirm.disable.word }).click()
    await owner.page.getByText(t.users.confirm.disable.done(name)).first().waitFor()

    await second.device.present(false)
    // The page's own next question is answered with 401.
    await second.page.getByText(t.signIn.ended).waitFor()
    people.allowInConsole(/status of 403 .*\/api\/auth\/passkey\)$/)
    await touch(second)
    await second.page.getByText(t.failure.codes.sign_in_failed).waitFor()

    await openPage(owner.page, t.nav.audit)
    for (const action of ['user.disable', 'user.invite', 'session.sign-in'] as const)
      await owner.page.getByText(t.audit.what[action].done, { exact: false }).first().waitFor()
  },
)

journey(
  'a guest with a passkey watches the room that invites them, without a link, and no other',
  async ({ product, people }) => {
    const owner = await openAsOwner(product, people, mayCopy)
    const name = `Client ${Math.random().toString(36).slice(2, 6)}`
    const email = `${name.toLowerCase().replace(' ', '.')}@client.example`
    const link = await inviteUser(owner.page, { name, email, role: 'guest' })
    await openPage(owner.page, t.nav.rooms)
    await makeRoom(owner.page, { title: `Private ${name}`, lease: '30' })
    const address = await makeInvitation(owner.page, email)
    const other = await product.room({ title: 'Elsewhere' })

    const guest = await openLink(people, link)
    await makePasskey(guest.page)
    await guest.page.getByText(t.welcome.guestReady).waitFor()
    expect((await guest.context.cookies()).map(cookie => cookie.name)).not.toContain('__Host-sightline')

    people.allowInConsole(/status of 403 .*\/api\/auth\/passkey\)$/)
    // The door asks what strangers may know of a room, which of these two is nothing.
    people.expectInConsole(/status of 404 .*\/status\)$/, 'the rooms are not public')
    await guest.page.goto(`${new URL(product.adminUrl).origin}/r/${other.slug}`)
    await guest.page.getByRole('button', { name: doors.signIn.passkey }).click()
    await guest.page.getByText(doors.signIn.faults.not_invited).waitFor()

    await guest.page.goto(address)
    await guest.page.getByRole('button', { name: doors.signIn.passkey }).click()
    await guest.reaches('waiting')
    // A reload asks nothing, a new tab everything.
    await guest.page.reload()
    await guest.reaches('waiting')
    expect((await guest.context.cookies()).map(cookie => cookie.name)).not.toContain('__Host-sightline')
  },
)
