import { Glyph } from '../../lib/glyph.tsx'
import type { SignIn, SignInFault, SignInWay } from '../sign-in-state.ts'
import { Door } from './door.tsx'
import { NameForm, PasswordForm } from './named-form.tsx'
import { d } from './text.ts'

interface SignInDoorProps extends SignIn {
  signIn(way: SignInWay): void
}

/** A room's address without a secret: for whoever stands on its list, and for whoever lost a part of their link. */
export function SignInDoor({ methods, busy, fault, signIn }: SignInDoorProps) {
  const words = d.signIn
  const missing = methods?.missing
  const portal = methods?.portal
  if (fault?.is === 'nameless')
    return (
      <Door title={d.join.title} lead={d.join.name} split>
        <NameForm token={fault.token} busy={busy} signIn={signIn} />
      </Door>
    )
  return (
    <Door title={words.title} lead={words.lead} split>
      <div class="ways">
        <Fault fault={fault} />
        {missing && <p class="soft">{words.missing[missing]}</p>}
        {methods && !missing && (
          <button
            type="button"
            class="button primary large wide"
            aria-busy={busy}
            onClick={() => signIn({ by: 'passkey' })}
          >
            {busy ? words.working : words.passkey}
          </button>
        )}
        {methods?.provider && (
          <button
            type="button"
            class={`button large wide${missing ? ' primary' : ''}`}
            onClick={() => signIn({ by: 'provider' })}
          >
            {words.provider(methods.provider)}
          </button>
        )}
        {portal && (
          <a class="button large wide" href={portal} rel="noreferrer">
            {words.named.portal(new URL(portal).host)}
          </a>
        )}
        {methods && (
          <details class="named">
            <summary>{words.named.title}</summary>
            <PasswordForm busy={busy} signIn={signIn} />
          </details>
        )}
        <p class="dim cut">{words.cut}</p>
      </div>
    </Door>
  )
}

/** Somebody who pressed Cancel knows that they did: that is no fault. */
function Fault({ fault }: { fault: SignInFault | null }) {
  if (!fault || fault.is === 'nameless') return null
  const calm = fault.is === 'cancelled' || fault.is === 'ended'
  return (
    <p class={calm ? 'status' : 'status poor'} role={calm ? 'status' : 'alert'}>
      <Glyph name={calm ? 'unknown' : 'poor'} />
      <span>{fault.is === 'said' ? fault.sentence : d.signIn.faults[fault.is]}</span>
    </p>
  )
}
