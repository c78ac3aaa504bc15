import { useLayoutEffect } from 'preact/hooks'
import { Door } from './door/door.tsx'
import { UnreachableDoor } from './door/unreachable-door.tsx'
import { useDoors } from './door/use-doors.ts'
import { Room } from './room/room.tsx'
import type { Screen } from './screen.ts'
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
  const doors = useDoors(!DOORLESS.has(screen.name))
  switch (screen.name) {
    case 'joining':
      return <JoiningDoor />
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
  if (!doors) return <JoiningDoor />
  const { CountdownDoor, FullDoor, JoinDoor, KnockDoor, LeftDoor, NoLinkDoor, RefusedDoor, SignInDoor } =
    doors
  switch (screen.name) {
    case 'no-link':
      return screen.signIn ? <SignInDoor {...screen.signIn} signIn={signIn} /> : <NoLinkDoor />
    case 'asking':
      return <JoinDoor {...screen} submit={submit} />
    case 'countdown':
      return <CountdownDoor {...screen} live={visitor.live} />
    case 'knock':
      return <KnockDoor {...screen} live={visitor.live} />
    case 'full':
      return <FullDoor {...screen} tryNow={tryNow} />
    case 'refused':
      return <RefusedDoor {...screen} watchHere={watchHere} />
    case 'left':
      return <LeftDoor why={screen.why} comeBack={comeBack} />
  }
}

/** What is there without the server having said a word. */
const DOORLESS: ReadonlySet<Screen['name']> = new Set([
  'joining',
  'unreachable',
  'waiting',
  'playing',
  'held',
])

const JoiningDoor = () => <Door glyph="waiting" title={t.door.joining.title} lead={t.door.joining.lead} />
