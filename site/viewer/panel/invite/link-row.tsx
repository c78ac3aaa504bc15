import type { Invitation } from '../../../../worker/invitations/schema.ts'
import { DAY, extendedEnd } from '../../../lib/extended-end.ts'
import { Glyph } from '../../../lib/glyph.tsx'
import { Menu } from '../../../lib/menu.tsx'
import type { Grant } from '../../../lib/roles.ts'
import { panel } from '../text.ts'
import { CopyLink } from './copy-link.tsx'
import { LinkMore } from './link-more.tsx'
import { actsFor, type LinkAct, linkFacts, linkState } from './link-words.ts'
import type { LinksUse } from './use-links.ts'

const t = panel.invite.list

interface LinkRowProps {
  link: Invitation
  own: readonly Grant[]
  /** The server's clock, in ms. */
  now: number
  use: LinksUse
}

/** One link: for whom, as what, until when, how often used, by whom made, whether it works. */
export function LinkRow({ link, own, now, use }: LinkRowProps) {
  const { id, label, url } = link
  const acts = actsFor(link, own)
  const { glyph, word } = linkState(link)
  const start = (act: LinkAct) => {
    if (act !== 'day') return use.open({ id, is: act })
    const end = extendedEnd(link, DAY, now)
    if (end !== null) use.extend(link, end)
  }
  return (
    <li class="link-row" data-row>
      <div class="row">
        <span class="grow trunc strong">{label}</span>
        <span class="status">
          <Glyph name={glyph} />
          {word}
        </span>
        {url !== null && <CopyLink label={label} url={url} />}
        {acts.length > 0 && (
          <Menu
            label={t.actions(label)}
            items={acts.map(act => ({ word: t.menu[act], act: () => start(act) }))}
          />
        )}
      </div>
      <p class="sub">{linkFacts(link, now).join(' · ')}</p>
      {acts.length === 0 && <p class="sub">{t.stronger}</p>}
      {use.opened?.id === id && <LinkMore link={link} is={use.opened.is} now={now} use={use} />}
    </li>
  )
}
