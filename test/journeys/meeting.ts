import type { Locator, Page } from 'playwright-core'
import { chat, panel, viewer } from '../../site/text/en.ts'
import type { Person } from './people.ts'

/** What people do with each other in a room, by the words on the page. */

/** The side panel with one of its tabs. */
export async function openPanel({ page }: Person, tab: 'chat' | 'people'): Promise<void> {
  const way = page.getByRole('tab', { name: panel.tabs[tab] })
  if (!(await way.count())) await page.keyboard.press('c')
  await way.click()
}

/** Writes and sends a line; the chat is open, and meant for everybody. */
export async function say({ page }: Person, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: chat.composer.everyone })
  await field.fill(text)
  await field.press('Enter')
}

/** Messages with exactly this text among those that the room has stored. */
export const stored = ({ page }: Person, text: string): Locator =>
  page.getByRole('log').locator('.said').getByText(text, { exact: true })

/** All that the chat shows as said, in order. */
export const conversation = ({ page }: Person): Promise<string[]> =>
  page.getByRole('log').locator('.said').allInnerTexts()

/** Somebody in the list of people; that is open. */
export const inList = ({ page }: Person, name: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) })

/** Waits until the room has so many people, as this page shows it. */
export const counts = ({ page }: Person, people: number): Promise<void> =>
  page.getByRole('button', { name: viewer.people.here(people) }).waitFor()

/** Opens what can be done with somebody, and does one of it. */
export async function act({ page }: Person, name: string, what: keyof typeof panel.people.menu) {
  await page.getByRole('button', { name: panel.people.actions(name), exact: true }).click()
  await page.getByRole('menuitem', { name: panel.people.menu[what] }).click()
}

/** Collects everything that a page hears on its sockets. */
export function listenIn(page: Page, heard: string[]): void {
  page.on('websocket', socket => {
    socket.on('framereceived', ({ payload }) => void heard.push(String(payload)))
  })
}
