import { useRef, useState } from 'preact/hooks'
import type { ApiKey, Session } from '../api/client.ts'
import { hasMore, type Page, refreshPages, rowsOf } from '../api/paged.ts'
import { useLoaded } from '../api/use-loaded.ts'
import { api } from '../session.ts'
import { SettingsGroup } from '../settings/settings-group.tsx'
import { t } from '../text.ts'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { RowsTable } from '../ui/rows-table.tsx'
import { ApiKeyRow } from './api-key-row.tsx'
import { NewKeyDialog } from './new-key-dialog.tsx'

/** Keys for scripts: what each may do, until when, and when it was last used. */
export function ApiKeyGroup({ session }: { session: Session }) {
  const want = useRef(1)
  const keys = useLoaded<Page<ApiKey>[]>(() => refreshPages<ApiKey>([], api.apiKeys, want.current))
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const g = t.settings.apiKeys
  const c = g.columns
  return (
    <SettingsGroup title={g.title} says={g.says} from={keys} notLoaded={g.notLoaded} wide>
      {pages => (
        <>
          {rowsOf(pages).length > 0 ? (
            <section class="card">
              <RowsTable columns={[c.name, c.until, c.used, c.state]}>
                {rowsOf(pages).map(key => (
                  <ApiKeyRow key={key.id} apiKey={key} onRevoke={() => setRevoking(key)} />
                ))}
              </RowsTable>
              {hasMore(pages) && (
                <footer>
                  <Button
                    kind="ghost"
                    onClick={() => {
                      want.current += 1
                      void keys.load()
                    }}
                  >
                    {t.showMore}
                  </Button>
                </footer>
              )}
            </section>
          ) : (
            <p class="soft small">{g.none}</p>
          )}
          <div>
            <Button icon="plus" onClick={() => setMaking(true)}>
              {g.new}
            </Button>
          </div>
          {revoking && (
            <ConfirmDialog
              title={g.revokeTitle(revoking.name)}
              says={[g.revokeSay]}
              word={g.revoke}
              onClose={() => setRevoking(null)}
              act={async () => {
                await api.revokeApiKey(revoking.id)
                announce(g.revoked(revoking.name))
                void keys.load()
              }}
            />
          )}
          {making && (
            <NewKeyDialog
              session={session}
              onClose={() => setMaking(false)}
              onMade={() => void keys.load()}
            />
          )}
        </>
      )}
    </SettingsGroup>
  )
}
