import { expect, test } from 'vitest'
import type { Invitation } from '../../../../worker/invitations/schema.ts'
import { panel } from '../text.ts'
import { invitation } from './fixture.ts'
import type { Failure, Links } from './links-api.ts'
import { typedLinks } from './typed.ts'

const t = panel.invite
const now = Date.parse('2026-11-21T14:00:00Z')
const DAY = 86_400_000
const at = (ms: number) => new Date(now + ms).toISOString()
const when = (iso: string) => panel.invite.extended('Cem', said(iso))
/** In this machine's zone. */
const said = (iso: string) =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    .format(Date.parse(iso))
    .replace(',', '')

/** A server that has these links, or refuses a call. */
function setUp(items: Invitation[], refuses: Partial<Record<keyof Links, Failure>> = {}) {
  const calls: unknown[][] = []
  const answer = <T>(name: keyof Links, ok: T, ...given: unknown[]) => {
    calls.push([name, ...given])
    return Promise.resolve(refuses[name] ?? { ok })
  }
  const typed = typedLinks(
    {
      list: () => answer('list', items),
      make: link =>
        answer(
          'make',
          invitation({ endsAt: link.endsAt ?? at(DAY), label: link.name ?? 'Invitation' }),
          link,
        ),
      extend: (id, endsAt) => answer('extend', invitation({ endsAt }), id, endsAt),
      revoke: id => answer('revoke', null, id),
    },
    () => now,
  )
  return { typed, calls }
}

const cem = invitation()

test('a typed invitation asks for what was typed and answers with the link', async () => {
  const { typed, calls } = setUp([])
  expect(await typed.invite({ name: 'Cem', until: now + 2 * DAY })).toEqual([
    t.typed.made('Cem', said(at(2 * DAY))),
    cem.url,
  ])
  expect(await typed.invite({ name: null, until: null })).toEqual([
    t.typed.made('Invitation', said(at(DAY))),
    cem.url,
  ])
  expect(calls).toEqual([
    ['make', { name: 'Cem', endsAt: at(2 * DAY) }],
    ['make', {}],
  ])
})

test.each<[number | null, string]>([
  [null, at(2 * DAY)],
  [now + 3 * DAY, at(3 * DAY)],
])('a link is extended until %j, or by a day from its end', async (until, end) => {
  const { typed, calls } = setUp([cem])
  expect(await typed.reinvite({ link: 'cem', until })).toEqual([when(end)])
  expect(calls).toEqual([['list'], ['extend', cem.id, end]])
})

test('a link without an end gets none by itself', async () => {
  const { typed, calls } = setUp([invitation({ endsAt: null })])
  expect(await typed.reinvite({ link: 'Cem', until: null })).toEqual([t.typed.noEnd('Cem')])
  expect(calls).toEqual([['list']])
})

test('a link is revoked by its address', async () => {
  const { typed, calls } = setUp([invitation({ id: 'other', url: null }), cem])
  expect(await typed.revoke({ link: cem.url! })).toEqual([t.revoked('Cem')])
  expect(calls).toEqual([['list'], ['revoke', cem.id]])
})

test('the list says of each link what there is to know, and no secret', async () => {
  const { typed } = setUp([invitation({ endsAt: null, uses: 2 })])
  expect(await typed.listtokens()).toEqual([
    `Cem, id ${cem.id}, Works, Reviewer, no end, 2 uses, made by Ann`,
  ])
  expect(await setUp([]).typed.listtokens()).toEqual([t.typed.none])
})

test.each<[string, string[]]>([
  ['Eve', [t.typed.nobody('Eve')]],
  ['https://sightline.example/r/reel#wrong', [t.typed.nobody('https://sightline.example/r/reel#…')]],
  ['Cem', [t.typed.several('Cem'), t.typed.one('Cem', cem.id), t.typed.one('Cem', 'twin')]],
])('nothing is done to %j, which is not one link', async (link, lines) => {
  const { typed, calls } = setUp([cem, invitation({ id: 'twin' })])
  expect(await typed.revoke({ link })).toEqual(lines)
  expect(await typed.reinvite({ link, until: null })).toEqual(lines)
  expect(calls).toEqual([['list'], ['list']])
})

test.each<[string, Failure]>([
  [t.why.not_held, { refused: 'not_held' }],
  [t.why.own_link, { refused: 'own_link' }],
  [t.unreachable, 'unreachable'],
])('why nothing was done is said: %s', async (sentence, failure) => {
  const acting = setUp([cem], { make: failure, extend: failure, revoke: failure }).typed
  expect(await acting.invite({ name: null, until: null })).toEqual([sentence])
  expect(await acting.reinvite({ link: 'Cem', until: null })).toEqual([sentence])
  expect(await acting.revoke({ link: 'Cem' })).toEqual([sentence])
  const listing = setUp([cem], { list: failure })
  expect(await listing.typed.listtokens()).toEqual([sentence])
  expect(await listing.typed.revoke({ link: 'Cem' })).toEqual([sentence])
  expect(listing.calls).toEqual([['list'], ['list']])
})
