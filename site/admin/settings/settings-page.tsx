import { PasskeyGroup } from '../account/passkey-group.tsx'
import { SessionGroup } from '../account/session-group.tsx'
import type { Session } from '../api/client.ts'
import { ApiKeyGroup } from '../api-keys/api-key-group.tsx'
import { ProviderGroup } from '../provider/provider-group.tsx'
import { may } from '../session.ts'
import { SignOutButton } from '../shell/sign-out-button.tsx'
import { t } from '../text.ts'
import { PageHead } from '../ui/page-head.tsx'

/** One's own passkeys and sessions, and, for who may, what machines and other people sign in with. */
export function SettingsPage({ session }: { session: Session }) {
  return (
    <>
      <PageHead title={t.nav.settings} />
      <div>
        <PasskeyGroup />
        <SessionGroup />
        {may('keys') && <ApiKeyGroup session={session} />}
        {may('settings') && <ProviderGroup />}
      </div>
      <div class="sign-out-narrow">
        <SignOutButton />
      </div>
    </>
  )
}
