import type { AuditItem } from '../api/client.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { sayInstant } from '../time/say.ts'
import { Address } from '../ui/address.tsx'
import { AppLink } from '../ui/app-link.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Status } from '../ui/glyph.tsx'
import { auditActor, auditTarget, auditWhat, particulars, sayParam, targetKind } from './audit-words.ts'
import type { AuditFilter } from './filter.ts'

interface AuditDetailsProps {
  row: AuditItem
  onClose: () => void
  /** Shows only rows that have this in common. */
  onOnly: (change: Partial<AuditFilter>) => void
}

/** All that one row says. */
export function AuditDetails({ row, onClose, onOnly }: AuditDetailsProps) {
  const now = here()
  const what = auditWhat(row)
  const d = t.audit.detail
  const { actor, target, roomId, address } = row
  const params = particulars(row)
  return (
    <Dialog
      title={what.words}
      onClose={onClose}
      onSubmit={onClose}
      footer={
        <Button kind="primary" type="submit">
          {t.close}
        </Button>
      }
    >
      <dl class="kv">
        <dt>{d.at}</dt>
        <dd>
          {sayInstant(Date.parse(row.at), now)} <span class="dim">{now.zone}</span>
        </dd>
        <dt>{d.outcome}</dt>
        <dd>
          {what.glyph ? (
            <Status is={what.glyph}>{t.audit.outcomes[row.outcome]}</Status>
          ) : (
            t.audit.outcomes[row.outcome]
          )}
        </dd>
        <dt>{d.by}</dt>
        <dd>
          <Named name={auditActor(actor)} kind={t.audit.actors[actor.kind]} id={actor.id} />
        </dd>
        {target && (
          <>
            <dt>{d.on}</dt>
            <dd>
              <Named name={auditTarget(row)!} kind={targetKind(target.kind)} id={target.id} />
            </dd>
          </>
        )}
        {roomId && (
          <>
            <dt>{d.room}</dt>
            <dd>
              <AppLink to={{ page: 'room', id: roomId }} class="mono">
                {roomId}
              </AppLink>
            </dd>
          </>
        )}
        <dt>{d.address}</dt>
        <dd>{address ? <Address is={address} /> : d.unknown}</dd>
        <dt>{d.userAgent}</dt>
        <dd>{row.userAgent || d.unknown}</dd>
        <dt>{d.row}</dt>
        <dd class="mono">
          {row.id} · {row.action}
        </dd>
      </dl>
      {params.length > 0 && (
        <section>
          <h3>{d.params}</h3>
          <dl class="kv">
            {params.map(([name, value]) => (
              <div key={name}>
                <dt class="mono">{name}</dt>
                <dd>{sayParam(value, now)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <div class="row wrap">
        {actor.id && (
          <Button onClick={() => onOnly({ actor: actor.id!, actorName: auditActor(actor) })}>
            {d.onlyActor}
          </Button>
        )}
        {roomId && <Button onClick={() => onOnly({ room: roomId })}>{d.onlyRoom}</Button>}
        {address && <Button onClick={() => onOnly({ address })}>{d.onlyAddress}</Button>}
      </div>
    </Dialog>
  )
}

/** Somebody or something: by name, with the kind beside it unless that is all that is known. */
function Named({ name, kind, id }: { name: string; kind: string; id: string | null }) {
  return (
    <>
      {name}{' '}
      <span class="dim">
        {name !== kind && kind} {id && <span class="mono">{id}</span>}
      </span>
    </>
  )
}
