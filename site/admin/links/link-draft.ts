import { type Grant, grantNames, type Role } from '../../lib/roles.ts'
import type { Invite, Link, LinkChange, NewLink } from '../api/client.ts'
import { type Fault, orderFault, timeFault, wholeFault } from '../forms/faults.ts'
import { isDomain, isEmail } from '../forms/mail.ts'
import { fromLocalInput, toLocalInput } from '../time/zone.ts'
import type { WatermarkMode } from '../ui/watermarks.ts'
import { pinDigits } from './pin.ts'

export type LinkOpens = Link['opens']

/** A link as its form holds it. Times are local; `grants` is a comma list that counts while `role` is `custom`. */
export type LinkDraft = {
  label: string
  /** Whoever has the link, or people who sign in. Cannot be changed later. */
  way: 'link' | 'sign-in'
  inviteKind: Invite['kind']
  inviteValue: string
  name: string
  askName: boolean
  role: Role | 'custom'
  grants: string
  /** `keep`: the link has one already, which nobody can read again. */
  pin: 'none' | 'keep' | 'set'
  pinDigits: string
  startsAt: string
  endsAt: string
  maxUses: string
  maxDevices: string
  waitingRoom: boolean
  opens: LinkOpens
  /** Empty: as the room says. */
  watermark: WatermarkMode | ''
}

/** A new link: a reviewer who is asked for a name. */
export const emptyLinkDraft: LinkDraft = {
  label: '',
  way: 'link',
  inviteKind: 'email',
  inviteValue: '',
  name: '',
  askName: true,
  role: 'reviewer',
  grants: '',
  pin: 'none',
  pinDigits: '',
  startsAt: '',
  endsAt: '',
  maxUses: '',
  maxDevices: '',
  waitingRoom: false,
  opens: 'room',
  watermark: '',
}

export const linkDraft = (link: Link, zone: string): LinkDraft => ({
  label: link.label,
  way: link.invite ? 'sign-in' : 'link',
  inviteKind: link.invite?.kind ?? 'email',
  inviteValue: link.invite?.value ?? '',
  name: link.name ?? '',
  askName: link.askName,
  role: link.role ?? 'custom',
  grants: joinGrants(link.permissions),
  pin: link.pin ? 'keep' : 'none',
  pinDigits: '',
  startsAt: toLocalInput(link.startsAt, zone),
  endsAt: toLocalInput(link.endsAt, zone),
  maxUses: link.maxUses === null ? '' : String(link.maxUses),
  maxDevices: link.maxDevices === null ? '' : String(link.maxDevices),
  waitingRoom: link.waitingRoom,
  opens: link.opens,
  watermark: link.watermark ?? '',
})

/** Grants in their usual order, so that the same set is the same text. */
export const joinGrants = (grants: readonly Grant[]): string =>
  grantNames.filter(g => grants.includes(g)).join(',')
export const splitGrants = (text: string): Grant[] => grantNames.filter(g => text.split(',').includes(g))

/** The server's limits: worker/links/schema.ts. */
export function linkFaults(draft: LinkDraft, zone: string): Partial<Record<keyof LinkDraft, Fault>> {
  const signIn = draft.way === 'sign-in'
  const faults: Partial<Record<keyof LinkDraft, Fault | null>> = {
    // An invitation is for whom it invites.
    label: draft.label.trim() === '' && !signIn ? { is: 'empty' } : tooLong(draft.label),
    inviteValue: signIn ? inviteFault(invited(draft)) : null,
    name: tooLong(draft.name),
    pinDigits:
      !signIn && draft.pin === 'set' && !/^\d{4,12}$/.test(pinDigits(draft.pinDigits)) ? { is: 'pin' } : null,
    startsAt: timeFault(draft.startsAt, zone),
    endsAt: timeFault(draft.endsAt, zone) ?? orderFault(draft.startsAt, draft.endsAt, zone),
    maxUses: wholeFault(draft.maxUses, 1, 1_000_000),
    maxDevices: wholeFault(draft.maxDevices, 1, 100_000),
  }
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault))
}

const tooLong = (text: string): Fault | null => (text.trim().length > 80 ? { is: 'too-long', max: 80 } : null)

/** A domain is typed with and without its @. */
function invited({ inviteKind: kind, inviteValue }: LinkDraft): Invite {
  const value = inviteValue.trim()
  return { kind, value: kind === 'domain' ? value.replace(/^@/, '') : value }
}

function inviteFault({ kind, value }: Invite): Fault | null {
  if (value === '') return { is: 'empty' }
  if (kind === 'email') return isEmail(value) ? null : { is: 'email' }
  if (kind === 'domain') return isDomain(value) ? null : { is: 'domain' }
  return value.length > 256 ? { is: 'too-long', max: 256 } : null
}

/** A form without faults → the body of `POST …/links`. Who signs in brings a name and needs no PIN. */
export function newLinkBody(draft: LinkDraft, zone: string): NewLink {
  const signIn = draft.way === 'sign-in'
  const body: NewLink = {
    label: draft.label.trim() || invited(draft).value.slice(0, 80),
    ...rights(draft),
    askName: !signIn && draft.name.trim() === '' && draft.askName,
  }
  if (signIn) body.invite = invited(draft)
  if (!signIn && draft.name.trim() !== '') body.name = draft.name.trim()
  if (!signIn && draft.pin === 'set') body.pin = pinDigits(draft.pinDigits)
  if (draft.startsAt !== '') body.startsAt = instant(draft.startsAt, zone)
  if (draft.endsAt !== '') body.endsAt = instant(draft.endsAt, zone)
  if (draft.maxUses.trim() !== '') body.maxUses = Number(draft.maxUses)
  if (draft.maxDevices.trim() !== '') body.maxDevices = Number(draft.maxDevices)
  if (draft.waitingRoom) body.waitingRoom = true
  if (draft.watermark !== '') body.watermark = draft.watermark
  if (draft.opens !== 'room') body.opens = draft.opens
  return body
}

/** What differs between two versions of a form → the body of `PATCH …/links/:linkId`. The way in stays. */
export function linkChangeBody(base: LinkDraft, draft: LinkDraft, zone: string): LinkChange {
  const changed = (...fields: (keyof LinkDraft)[]) => fields.some(f => plain(draft[f]) !== plain(base[f]))
  const body: LinkChange = {}
  if (changed('label')) body.label = draft.label.trim()
  if (changed('name')) body.name = draft.name.trim() || null
  if (changed('askName', 'name')) body.askName = draft.name.trim() === '' && draft.askName
  if (changed('role') || (draft.role === 'custom' && changed('grants'))) Object.assign(body, rights(draft))
  if (draft.pin === 'set') body.pin = pinDigits(draft.pinDigits)
  if (draft.pin === 'none' && base.pin !== 'none') body.pin = null
  if (changed('startsAt')) body.startsAt = instant(draft.startsAt, zone)
  if (changed('endsAt')) body.endsAt = instant(draft.endsAt, zone)
  if (changed('maxUses')) body.maxUses = limit(draft.maxUses)
  if (changed('maxDevices')) body.maxDevices = limit(draft.maxDevices)
  if (changed('waitingRoom')) body.waitingRoom = draft.waitingRoom
  if (changed('watermark')) body.watermark = draft.watermark || null
  if (changed('opens')) body.opens = draft.opens
  return body
}

const plain = (value: string | boolean) => (typeof value === 'string' ? value.trim() : value)
const limit = (text: string) => (text.trim() === '' ? null : Number(text))
const rights = (draft: LinkDraft) =>
  draft.role === 'custom' ? { permissions: splitGrants(draft.grants) } : { role: draft.role }

function instant(text: string, zone: string): string | null {
  const time = fromLocalInput(text, zone)
  return time.is === 'at' ? time.iso : null
}
