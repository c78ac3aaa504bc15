import type { CDPSession, Page } from 'playwright-core'
import { admin as t } from '../../site/text/en.ts'
import type { Opening, People, Person } from './people.ts'
import type { Product } from './product.ts'

/** Who owns the product of the journeys. */
const OWNER = 'Head of colour'

/** A device's authenticator in the browser (CDP, domain WebAuthn): it makes and uses passkeys without a hand on it. */
export interface Device {
  /** Whether somebody touches it when it asks. With it off, it waits. */
  present(is: boolean): Promise<void>
}

/** Gives a page a device whose passkeys are discoverable and whose user is always the right one. */
export async function giveDevice(page: Page): Promise<Device> {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    present: async enabled =>
      void (await session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })),
  }
}

/** Somebody in the admin, with their device. */
export interface AdminPerson extends Person {
  device: Device
}

/**
 * Opens the admin as the owner: the first time through a set-up link, later through recovery links, since every person
 * of a journey has a browser of their own.
 */
export async function openAsOwner(
  product: Product,
  people: People,
  options: Opening = {},
): Promise<AdminPerson> {
  const owner = (await product.users()).find(user => user.role === 'owner')
  const person = await openLink(people, await product.mintLink(owner?.id), options)
  if (!owner) await person.page.getByLabel(t.welcome.name).fill(OWNER)
  await makePasskey(person.page)
  await person.page.getByRole('heading', { name: t.nav.rooms, level: 1 }).waitFor()
  return person
}

/** Opens a one-time link in a browser with a device of its own. */
export async function openLink(people: People, link: string, options: Opening = {}): Promise<AdminPerson> {
  let device: Device | undefined
  const person = await people.open(link, {
    ...options,
    prepare: async page => {
      device = await giveDevice(page)
    },
  })
  return { ...person, device: device! }
}

/** Makes the passkey of the one-time link that is open. */
export const makePasskey = (page: Page): Promise<void> =>
  page.getByRole('button', { name: t.passkeys.create }).click()

/** How long the button is waited for that may be gone, in ms. */
const BUTTON_MS = 5_000

/**
 * Touches the device on the sign-in page. If the page has offered its passkeys by itself (autofill) since the device was
 * there, it goes on at once and the button is gone; a question from before is asked again by the button.
 */
export async function touch({ page, device }: AdminPerson): Promise<void> {
  await device.present(true)
  const button = page.getByRole('button', { name: t.signIn.passkey })
  await button.click({ timeout: BUTTON_MS }).catch(async error => {
    if (await button.isVisible()) throw error
  })
}
