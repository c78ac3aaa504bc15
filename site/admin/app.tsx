import { CallbackPage } from './callback/callback-page.tsx'
import { route } from './route.ts'
import { session } from './session.ts'
import { AdminShell } from './shell/admin-shell.tsx'
import { SignIn } from './sign-in/sign-in.tsx'
import { Announcer } from './ui/announce.tsx'
import { WelcomePage } from './welcome/welcome-page.tsx'

export function App() {
  return (
    <>
      <Shown />
      <Announcer />
    </>
  )
}

/** One-time links and the provider's answers come first, whoever is signed in: they may change it. */
function Shown() {
  const { page } = route.value
  if (page === 'welcome') return <WelcomePage />
  if (page === 'callback') return <CallbackPage />
  const state = session.value
  return state.is === 'signed-in' ? <AdminShell session={state.session} /> : <SignIn state={state} />
}
