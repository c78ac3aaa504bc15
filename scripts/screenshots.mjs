/**
 * `npm run screenshots`: the README's pictures, docs/images/*.png, taken anew from the demonstration. Needs Chromium,
 * as the browser journeys do.
 */
import { mkdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from './build.mjs'
import { findTools } from './setup/browser.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'

const root = resolve(import.meta.dirname, '..')
const images = join(root, 'docs/images')
/** A README is read over slow lines too. In bytes. */
const LARGEST = 250_000

const HOUR_MS = 3_600_000

ensureDependencies(root)
const { chromium: executablePath } = findTools()
if (!executablePath) throw new Error('There is no Chromium here. Run npm test: it installs one or says how.')
await build()
const { chromium } = await import('playwright-core')
const { launchDemonstration } = await import('./launch/demonstration.mjs')
const { releaseGuard } = await import('./launch/children.mjs')

const demonstration = await launchDemonstration(root)
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-quic'],
})
try {
  mkdirSync(images, { recursive: true })
  const room = (await api('GET', '/rooms?q=demo')).items[0]
  await furnish(room)

  const client = await linkTo(room, {
    label: 'Client',
    name: 'Client suite',
    role: 'reviewer',
    pin: '402914',
  })
  const viewer = await open(demonstration.reviewLink, { width: 1120, height: 720 })
  await watching(viewer)
  await take(viewer, 'viewer-live')
  const phone = await open(await linkTo(room, { label: 'Producer', name: 'Producer', role: 'observer' }), {
    width: 390,
    height: 640,
  })
  await watching(phone)
  await take(phone, 'viewer-phone')

  const second = await open(client, { width: 800, height: 600 })
  await second.getByLabel('PIN').fill('402914')
  await second.getByRole('button', { name: 'Join' }).click()
  await watching(second)

  const admin = await openAsOwner({ width: 1180, height: 560 })
  await admin.emulateMedia({ colorScheme: 'dark' })
  await admin.getByRole('link', { name: room.title }).waitFor()
  await take(admin, 'admin-rooms')

  await admin.setViewportSize({ width: 1180, height: 1000 })
  await admin.emulateMedia({ colorScheme: 'light' })
  await admin.getByRole('link', { name: room.title }).click()
  await admin.getByRole('row', { name: 'Client suite Link for Client' }).first().waitFor()
  await take(admin, 'admin-room')

  await admin.setViewportSize({ width: 1180, height: 720 })
  await admin.getByRole('link', { name: 'Audit' }).click()
  await admin.getByRole('row').nth(5).waitFor()
  await take(admin, 'admin-audit')
} finally {
  await browser.close()
  await demonstration.stop()
  await releaseGuard()
}

/**
 * Other rooms beside the demonstration's own, so that the list is one of a working week.
 * @param {{ id: string }} demo
 */
async function furnish(demo) {
  await api('PATCH', `/rooms/${demo.id}`, { maxViewers: 12 })
  const soon = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS
  const at = (/** @type {number} */ hours) => new Date(soon + hours * HOUR_MS).toISOString()
  const rooms = [
    { title: 'Harbour, reel 2, first look', startsAt: at(3), endsAt: at(5), maxViewers: 8 },
    { title: 'Harbour, titles', startsAt: at(26), endsAt: at(27), maxViewers: 4 },
    { title: 'Winter campaign, 30 s, final grade', maxViewers: 6 },
  ]
  for (const fields of rooms) await linkTo(await api('POST', '/rooms', fields), { label: 'Client' })
}

/**
 * @param {{ id: string }} room
 * @param {object} fields
 * @returns {Promise<string>} its address
 */
async function linkTo(room, fields) {
  return (await api('POST', `/rooms/${room.id}/links`, fields)).url
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [json]
 */
async function api(method, path, json) {
  const answer = await fetch(`${demonstration.url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${demonstration.adminToken}`, 'content-type': 'application/json' },
    ...(json ? { body: JSON.stringify(json) } : {}),
  })
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

/**
 * @param {string} address
 * @param {{ width: number, height: number }} viewport
 */
async function open(address, viewport) {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce', locale: 'en-GB' })
  const page = await context.newPage()
  await page.goto(address)
  return page
}

/**
 * The admin, with the passkey of the owner made through a set-up link. Passkeys want a host name.
 * @param {{ width: number, height: number }} viewport
 */
async function openAsOwner(viewport) {
  const { mintLink } = await import(pathToFileURL(join(root, 'dist/server/mint.js')).href)
  const base = demonstration.url.replace('127.0.0.1', 'localhost')
  const { url } = await mintLink(demonstration.secret, base, undefined, Date.now())
  const page = await open('about:blank', viewport)
  const device = await page.context().newCDPSession(page)
  await device.send('WebAuthn.enable')
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await page.goto(url)
  await page.getByLabel('Name shown to others').fill('Head of colour')
  await page.getByRole('button', { name: 'Create a passkey' }).click()
  return page
}

/**
 * Resolves once the picture moves.
 * @param {import('playwright-core').Page} page
 */
async function watching(page) {
  await page.locator('#app[data-state="playing"]').waitFor({ timeout: 60_000 })
  await page.evaluate(
    () => new Promise(done => document.querySelector('video')?.requestVideoFrameCallback(done)),
  )
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} name
 */
async function take(page, name) {
  const path = join(images, `${name}.png`)
  await page.screenshot({ path })
  const { size } = statSync(path)
  console.log(`docs/images/${name}.png  ${Math.round(size / 1000)} KB`)
  if (size > LARGEST) throw new Error(`${name}.png is larger than ${LARGEST / 1000} KB.`)
}
