import { onRowKey } from '../../lib/rows.ts'
import type { AuditItem } from '../api/client.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { sayDay, sayMoment } from '../time/say.ts'
import { Address } from '../ui/address.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { Status } from '../ui/glyph.tsx'
import { auditActor, auditTarget, auditWhat } from './audit-words.ts'

interface AuditTableProps {
  rows: readonly AuditItem[]
  /** How long the server keeps them, in days; null = not said yet. */
  keptDays: number | null
  onOpen: (row: AuditItem) => void
  onNewer: (() => void) | undefined
  onOlder: (() => void) | undefined
}

/** A page of the audit: when, who, what, on what, from where. */
export function AuditTable({ rows, keptDays, onOpen, onNewer, onOlder }: AuditTableProps) {
  const c = t.audit.columns
  return (
    <section class="card audit" aria-label={t.audit.title}>
      <div class="scrollx">
        <table class="stack" onKeyDown={onRowKey}>
          <thead>
            <tr>
              <th>{c.at}</th>
              <th>{c.by}</th>
              <th>{c.what}</th>
              <th>{c.on}</th>
              <th>{c.from}</th>
              <th>
                <span class="sr">{t.audit.details}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <AuditRow key={row.id} row={row} onOpen={() => onOpen(row)} />
            ))}
          </tbody>
        </table>
      </div>
      <footer>
        <span>{keptDays !== null && t.audit.kept(keptDays)}</span>
        <span class="grow" />
        <Button kind="ghost" disabled={!onNewer} onClick={onNewer}>
          {t.audit.newer}
        </Button>
        <Button kind="ghost" disabled={!onOlder} onClick={onOlder}>
          {t.audit.older}
        </Button>
      </footer>
    </section>
  )
}

function AuditRow({ row, onOpen }: { row: AuditItem; onOpen: () => void }) {
  const now = here()
  const at = Date.parse(row.at)
  const day = sayDay(at, now)
  const what = auditWhat(row)
  const target = auditTarget(row)
  const c = t.audit.columns
  return (
    <tr data-row>
      <td class="at">
        <span class="mono">{sayMoment(at, now.zone)}</span>
        {day && <span class="sub">{day}</span>}
      </td>
      <td data-l={c.by}>{auditActor(row.actor)}</td>
      <td class="what">{what.glyph ? <Status is={what.glyph}>{what.words}</Status> : what.words}</td>
      <td class="on" data-l={target ? c.on : undefined}>
        {target}
      </td>
      <td data-l={row.address ? c.from : undefined}>{row.address && <Address is={row.address} />}</td>
      <td class="menu">
        <div class="row">
          <IconButton icon="right" label={t.audit.detailsOf(what.words)} onClick={onOpen} rowFocus />
        </div>
      </td>
    </tr>
  )
}
