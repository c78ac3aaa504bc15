import { SIGHTLINE } from '../audit/record.ts'
import { blockAfterFailures } from '../blocks/after-failures.ts'
import { write } from '../db.ts'
import type { Call } from '../http/route.ts'

/**
 * Counts a failed sign-in for its address before it is answered, so that many at once are counted too; the twentieth
 * within an hour blocks the address, which the audit is told.
 */
export async function noteFailedSignIn({
  app,
  address,
  after,
}: Pick<Call<never, never>, 'app' | 'address' | 'after'>): Promise<void> {
  const now = app.now()
  const statements = blockAfterFailures(address, app.config.trustedProxies, now)
  if (!statements.length) return
  const [, blocked] = await write(app.db, statements)
  if (!blocked?.rowsAffected) return
  app.audit.add(
    {
      at: now,
      action: 'block.auto',
      outcome: 'done',
      actor: SIGHTLINE,
      target: { kind: 'block', id: null, name: address ?? '' },
      address: address ?? null,
    },
    after,
  )
}
