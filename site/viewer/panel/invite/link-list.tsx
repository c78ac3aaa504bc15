import type { Grant } from '../../../lib/roles.ts'
import { onRowKey } from '../../../lib/rows.ts'
import { PanelForm } from '../forms/panel-form.tsx'
import { panel } from '../text.ts'
import { Fault } from './fault.tsx'
import { LinkRow } from './link-row.tsx'
import type { Links } from './links-api.ts'
import { useLinks } from './use-links.ts'

const t = panel.invite

interface LinkListProps {
  /** What the person who looks holds. */
  own: readonly Grant[]
  /** The server's clock, in ms. */
  now(): number
  links: Links
  fresh(): void
  close(): void
}

/** The links of this room that one may see, and what can be done with each. */
export function LinkList({ own, now, links, fresh, close }: LinkListProps) {
  const use = useLinks(links, now)
  const { items, fault, said } = use
  return (
    <PanelForm title={t.list.title} send={null} close={close}>
      <div class="row">
        <button type="button" class="button" onClick={fresh}>
          {t.fresh}
        </button>
        {items === null && fault !== null && (
          <button type="button" class="button" onClick={use.load}>
            {t.list.again}
          </button>
        )}
      </div>
      <Fault says={fault} />
      <p class="soft" role="status">
        {items === null && fault === null ? t.list.loading : items?.length === 0 ? t.list.none : said}
      </p>
      <ul class="link-list" onKeyDown={onRowKey}>
        {items?.map(link => (
          <LinkRow key={link.id} link={link} own={own} now={now()} use={use} />
        ))}
      </ul>
    </PanelForm>
  )
}
