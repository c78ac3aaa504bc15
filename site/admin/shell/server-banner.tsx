import { route } from '../route.ts'
import { t } from '../text.ts'
import { sayClock } from '../time/say.ts'
import { readerZone } from '../time/zone.ts'
import { AppLink } from '../ui/app-link.tsx'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { checkReadiness, readiness, useReadiness } from './readiness.ts'

/** What keeps viewers out although this page works: no origin, or a part of the server that is down. */
export function ServerBanner({ configured }: { configured: boolean }) {
  useReadiness()
  const known = readiness.value
  const checked = known ? t.server.checked(sayClock(known.at, readerZone())) : ''
  const again = <Button onClick={() => void checkReadiness()}>{t.server.again}</Button>
  return (
    <>
      {!configured && (
        <Banner
          is="fair"
          title={t.server.noOrigin}
          action={
            route.value.page !== 'server' && (
              <AppLink class="button" to={{ page: 'server' }}>
                {t.server.how}
              </AppLink>
            )
          }
        >
          {t.server.noOriginSay}
        </Banner>
      )}
      {known?.ready.database === 'down' && (
        <Banner is="poor" title={t.server.databaseDown} action={again}>
          {t.server.databaseDownSay} {checked}
        </Banner>
      )}
      {known?.ready.origin === 'down' && (
        <Banner is="poor" title={t.server.originDown} action={again}>
          {t.server.originDownSay} {checked}
        </Banner>
      )}
    </>
  )
}
