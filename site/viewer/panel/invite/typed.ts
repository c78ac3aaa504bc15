import type { Invitation } from '../../../../worker/invitations/schema.ts'
import { DAY, extendedEnd } from '../../../lib/extended-end.ts'
import { panel } from '../text.ts'
import { findLink } from './find-link.ts'
import { linkFacts, linkState, linkUntil } from './link-words.ts'
import type { Links } from './links-api.ts'
import { sayFailure } from './say-failure.ts'

const t = panel.invite

/** What invitations do for typed commands; each answers in lines for whoever typed. Times in ms since 1970. */
export interface TypedLinks {
  /** @param until null: a day */
  invite(asked: { name: string | null; until: number | null }): Promise<readonly string[]>
  /** @param until null: a day more */
  reinvite(asked: { link: string; until: number | null }): Promise<readonly string[]>
  revoke(asked: { link: string }): Promise<readonly string[]>
  listtokens(): Promise<readonly string[]>
}

/** @param now the server's clock, in ms */
export function typedLinks(links: Links, now: () => number): TypedLinks {
  const until = (link: Invitation): string => linkUntil(link, now()) ?? t.list.noEnd

  async function withLink(
    given: string,
    act: (link: Invitation) => Promise<readonly string[]>,
  ): Promise<readonly string[]> {
    const listed = await links.list()
    if (!isOk(listed)) return [sayFailure(listed)]
    const found = findLink(given, listed.ok)
    if (found === 'nobody') return [t.typed.nobody(withoutSecret(given))]
    if ('several' in found)
      return [t.typed.several(given), ...found.several.map(({ label, id }) => t.typed.one(label, id))]
    return act(found.link)
  }

  return {
    async invite({ name, until: end }) {
      const made = await links.make({
        ...(name === null ? {} : { name }),
        ...(end === null ? {} : { endsAt: new Date(end).toISOString() }),
      })
      if (!isOk(made)) return [sayFailure(made)]
      const { label, url } = made.ok
      return [t.typed.made(label, until(made.ok)), ...(url === null ? [] : [url])]
    },
    reinvite: ({ link: given, until: end }) =>
      withLink(given, async link => {
        const endsAt = end === null ? extendedEnd(link, DAY, now()) : new Date(end).toISOString()
        if (endsAt === null) return [t.typed.noEnd(link.label)]
        const extended = await links.extend(link.id, endsAt)
        return [isOk(extended) ? t.extended(link.label, until(extended.ok)) : sayFailure(extended)]
      }),
    revoke: ({ link: given }) =>
      withLink(given, async ({ id, label }) => {
        const revoked = await links.revoke(id)
        return [isOk(revoked) ? t.revoked(label) : sayFailure(revoked)]
      }),
    async listtokens() {
      const listed = await links.list()
      if (!isOk(listed)) return [sayFailure(listed)]
      if (listed.ok.length === 0) return [t.typed.none]
      return listed.ok.map(link =>
        [t.typed.one(link.label, link.id), linkState(link).word, ...linkFacts(link, now())].join(', '),
      )
    },
  }
}

const isOk = <T>(answer: { ok: T } | { refused: string } | 'unreachable'): answer is { ok: T } =>
  typeof answer === 'object' && 'ok' in answer

/** A secret is not shown again, though only to whoever typed it. */
const withoutSecret = (given: string): string => given.replace(/#.*$/s, '#…')
