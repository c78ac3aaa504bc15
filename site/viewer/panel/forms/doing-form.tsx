import type { Live } from '../../live/room-store.ts'
import { InvitePanel } from '../invite/invite-panel.tsx'
import type { Links } from '../invite/links-api.ts'
import type { Doing } from '../people/doing.ts'
import { IdentityCard } from './identity-card.tsx'
import { CloseLinkForm, type FormProps, RemoveForm, WarnForm } from './person-forms.tsx'
import { RemovedList } from './removed-list.tsx'
import { RightsForm } from './rights-form.tsx'
import { EndForm, LockForm, WallForm } from './room-forms.tsx'

interface DoingFormProps extends FormProps {
  doing: Doing
  live: Live
  links: Links
}

/** The form of what a host is in the middle of. */
export function DoingForm({ doing, live, links, ...props }: DoingFormProps) {
  switch (doing.is) {
    case 'remove':
      return <RemoveForm person={doing.person} {...props} />
    case 'warn':
      return <WarnForm person={doing.person} {...props} />
    case 'closeLink':
      return <CloseLinkForm person={doing.person} {...props} />
    case 'rights':
      return <RightsForm live={live} id={doing.person.id} {...props} />
    case 'lock':
      return <LockForm {...props} />
    case 'wall':
      return <WallForm {...props} />
    case 'end':
      return <EndForm {...props} />
    case 'identity':
      return <IdentityCard identity={doing.identity} now={live.now()} close={props.close} />
    case 'invite':
      return <InvitePanel live={live} links={links} close={props.close} />
    case 'removed':
      return <RemovedList now={live.now()} {...props} />
  }
}
