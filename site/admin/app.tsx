import { session } from './session.ts'
import { AdminShell } from './shell/admin-shell.tsx'
import { SignIn } from './shell/sign-in.tsx'
import { Announcer } from './ui/announce.tsx'

export function App() {
  const state = session.value
  return (
    <>
      {state.is === 'signed-in' ? <AdminShell session={state.session} /> : <SignIn state={state} />}
      <Announcer />
    </>
  )
}
