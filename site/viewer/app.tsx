import { useLayoutEffect } from 'preact/hooks'
import { CountdownDoor } from './door/countdown-door.tsx'
import { Door } from './door/door.tsx'
import { JoinDoor } from './door/join-door.tsx'
import { KnockDoor } from './door/knock-door.tsx'
import { LeftDoor } from './door/left-door.tsx'
import { RefusedDoor } from './door/refused-door.tsx'
import { SignInDoor } from './door/sign-in-door.tsx'
import { FullDoor, UnreachableDoor } from './door/waiting-doors.tsx'
import { Room } from './room/room.tsx'
import { t } from './text.ts'
import type { Visitor } from './visitor.ts'

/** The whole page. What it is doing stands in `data-state` of `root`, for whoever watches from outside. */
export function App({ visitor, root }: { visitor: Visitor; root: HTMLElement }) {
  const screen = visitor.screen.value
  const reason = screen.name === 'refused' ? screen.refusal.code : ''
  useLayoutEffect(() => {
    root.dataset.state = screen.name
    root.dataset.reason = reason
  }, [root, screen.name, reason])

  const { tryNow, watchHere, comeBack, submit, signIn, goTo } = visitor
  switch (screen.name) {
    case 'no-link':
      if (screen.signIn) return <SignInDoor {...screen.signIn} signIn={signIn} />
      return <Door glyph="unknown" title={t.door.noLink.title} lead={t.door.noLink.lead} />
    case 'joining':
      return <Door glyph="waiting" title={t.door.joining.title} lead={t.door.joining.lead} />
    case 'asking':
      return <JoinDoor {...screen} submit={submit} />
    case 'countdown':
      return <CountdownDoor {...screen} />
    case 'knock':
      return <KnockDoor {...screen} live={visitor.live} />
    case 'full':
      return <FullDoor {...screen} tryNow={tryNow} />
    case 'refused':
      return <RefusedDoor {...screen} watchHere={watchHere} />
    case 'left':
      return <LeftDoor why={screen.why} comeBack={comeBack} />
    case 'unreachable':
      return <UnreachableDoor trouble={screen.trouble} tryNow={tryNow} />
    case 'waiting':
    case 'playing':
    case 'held':
      return (
        <Room
          screen={screen.name}
          view={screen.view}
          trouble={screen.trouble}
          player={visitor.player.value}
          live={visitor.live}
          goTo={goTo}
          token={visitor.token}
          leave={visitor.leave}
        />
      )
  }
}
