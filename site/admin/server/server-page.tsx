import type { Session } from '../api/client.ts'
import { checkReadiness, readiness } from '../shell/readiness.ts'
import { t } from '../text.ts'
import { sayClock } from '../time/say.ts'
import { readerZone } from '../time/zone.ts'
import { Button } from '../ui/button.tsx'
import type { GlyphName } from '../ui/glyph.tsx'
import { Glyph } from '../ui/glyph.tsx'
import { PageHead } from '../ui/page-head.tsx'

/** The server this page talks to: what it is, and whether its parts answer. */
export function ServerPage({ session }: { session: Session }) {
  const known = readiness.value
  const checks: { name: string; is: GlyphName; say: string }[] = [
    { name: t.server.database, ...check(known?.ready.database, t.server.databaseDownSay) },
    { name: t.server.origin, ...check(known?.ready.origin, t.server.originDownSay) },
  ]
  return (
    <>
      <PageHead title={t.nav.server}>
        <Button onClick={() => void checkReadiness()}>{t.server.again}</Button>
      </PageHead>
      <section class="card">
        <header>
          <h2>{t.server.answers}</h2>
          {known && <span class="dim">{t.server.checked(sayClock(known.at, readerZone()))}</span>}
        </header>
        <ol class="step-check" aria-live="polite">
          {checks.map(({ name, is, say }) => (
            <li key={name}>
              <Glyph is={is} />
              <b class="strong">{name}</b>
              <span class="say">{say}</span>
            </li>
          ))}
        </ol>
      </section>
      <section class="card">
        <header>
          <h2>{t.server.about}</h2>
        </header>
        <div class="pad">
          <dl class="kv">
            <dt>{t.server.version}</dt>
            <dd>{session.version}</dd>
            <dt>{t.server.address}</dt>
            <dd class="mono">{session.publicUrl ?? location.origin}</dd>
            <dt>{t.server.zone}</dt>
            <dd>{readerZone()}</dd>
          </dl>
        </div>
      </section>
      {(session.demo || !session.originConfigured) && (
        <section class="card">
          <header>
            <h2>{t.server.connect}</h2>
          </header>
          <div class="pad">
            <p class="soft">{t.server.connectSay}</p>
            <ol class="steps">
              {t.server.connectSteps.map(([name, does]) => (
                <li key={name}>
                  <code class="mono">{name}</code> <span class="soft">{does}</span>
                </li>
              ))}
            </ol>
          </div>
        </section>
      )}
    </>
  )
}

function check(state: 'ok' | 'down' | 'none' | undefined, down: string): { is: GlyphName; say: string } {
  switch (state) {
    case 'ok':
      return { is: 'good', say: t.server.ok }
    case 'down':
      return { is: 'poor', say: down }
    case 'none':
      return { is: 'unknown', say: t.server.none }
    default:
      return { is: 'waiting', say: t.loading }
  }
}
