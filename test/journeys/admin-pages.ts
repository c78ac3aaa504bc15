import type { Page } from 'playwright-core'
import { admin as t } from '../../site/text/en.ts'

/** What an admin does, as they do it: by the words on the page. */

/** A context's rights that copying needs. */
export const mayCopy = { permissions: ['clipboard-write'] }

export async function makeRoom(
  page: Page,
  { title, lease }: { title: string; lease: string },
): Promise<void> {
  await page.getByRole('button', { name: t.rooms.new }).first().click()
  const dialog = page.getByRole('dialog', { name: t.rooms.new })
  await dialog.getByLabel(t.room.fields.title).fill(title)
  await dialog.getByLabel(t.room.fields.lease).selectOption(lease)
  await dialog.getByRole('button', { name: t.rooms.make }).click()
  await page.getByRole('heading', { name: title, level: 1 }).waitFor()
}

/** Makes a link for somebody and answers what lies on the clipboard afterwards. */
export async function makeLink(page: Page, label: string): Promise<string> {
  await page.getByRole('button', { name: t.links.new }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t.links.fields.label, { exact: true }).fill(label)
  await dialog.getByRole('button', { name: t.links.make }).click()
  await page.getByText(t.links.readyCopied).waitFor()
  await page.getByRole('button', { name: t.done }).click()
  return clipboard(page)
}

/** Goes to a page by the rail. */
export async function openPage(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
}

/** Invites somebody to sign in and answers their one-time link. */
export async function inviteUser(
  page: Page,
  { name, email, role }: { name: string; email?: string; role: 'operator' | 'guest' },
): Promise<string> {
  await openPage(page, t.nav.people)
  await page.getByRole('button', { name: `${t.users.invite} C`, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t.users.fields.name, { exact: true }).fill(name)
  if (email) await dialog.getByLabel(t.users.fields.email, { exact: true }).fill(email)
  await dialog.getByText(t.users.roles[role].word, { exact: true }).click()
  await dialog.getByRole('button', { name: t.users.inviteMake }).click()
  await page.getByText(t.links.readyCopied).waitFor()
  await page.getByRole('button', { name: t.done }).click()
  return clipboard(page)
}

/** Invites somebody into the room that is open, by their address, and answers the room's own. */
export async function makeInvitation(page: Page, email: string): Promise<string> {
  await page.getByRole('button', { name: t.links.new }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(t.links.ways.words['sign-in']).click()
  await dialog.getByRole('textbox', { name: t.links.ways.kinds.email.word }).fill(email)
  await dialog.getByRole('button', { name: t.links.invite }).click()
  await page.getByText(t.links.invited(email)).waitFor()
  await page.getByRole('button', { name: t.done }).click()
  return clipboard(page)
}

/** Copies the stream key from the room's page, as for OBS. */
export async function copyStreamKey(page: Page): Promise<string> {
  await page.getByText(t.publish.protocols.rtmp, { exact: true }).click()
  await page.getByRole('button', { name: t.copy.label(t.publish.streamKey) }).click()
  await page.getByText(t.copy.copied, { exact: true }).waitFor()
  return clipboard(page)
}

export async function openRoom(page: Page, { id, title }: { id: string; title: string }): Promise<void> {
  await page.locator(`a[href$="/rooms/${id}"]`).click()
  await page.getByRole('heading', { name: title, level: 1 }).waitFor()
}

export async function revokeLink(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: t.actionsFor(label), exact: true }).click()
  await page.getByRole('menuitem', { name: t.links.actions.revoke }).click()
  await page.getByRole('dialog').getByRole('button', { name: t.links.revoke }).click()
  await page.getByRole('row', { name: label }).getByText(t.links.revoked, { exact: true }).waitFor()
}

/** What was copied, pasted into an empty page as people do: the product's own pages may not read the clipboard. */
async function clipboard(page: Page): Promise<string> {
  const paper = await page.context().newPage()
  await paper.setContent('<textarea autofocus></textarea>')
  const field = paper.locator('textarea')
  await field.press('ControlOrMeta+V')
  const text = await field.inputValue()
  await paper.close()
  return text
}
