import { useRef, useState } from 'preact/hooks'
import type { RoomView } from '../../../worker/people/schema.ts'
import type { Player } from '../../player/player.ts'
import { type Sound, turned } from '../../player/sound.ts'
import { readClean } from '../address.ts'
import { useDesk } from '../instruments/use-desk.ts'
import { useKit } from '../instruments/use-kit.ts'
import type { Command } from '../keys/commands.ts'
import { useCommands } from '../keys/use-commands.ts'
import type { Live } from '../live/room-store.ts'
import { useClean } from '../streams/use-clean.ts'
import { t } from '../text.ts'
import type { Trouble } from '../visit.ts'
import { Watermark } from '../watermark/watermark.tsx'
import { CaptionLine } from './caption-line.tsx'
import { ControlBar } from './control-bar.tsx'
import { useFullScreen } from './full-screen.ts'
import { admitFirst, turnHand } from './hand.ts'
import { HoldFrame } from './hold-frame.tsx'
import { Picture } from './picture.tsx'
import { TopBar, VerdictWords } from './top-bar.tsx'
import { useFiles } from './use-files.ts'
import { healths, useHealth } from './use-health.ts'
import { useIdle } from './use-idle.ts'
import { useKnocks } from './use-knocks.ts'
import { useMessageSound } from './use-message-sound.ts'
import { usePageCommands } from './use-page-commands.ts'
import { useSidePanel } from './use-side-panel.ts'
import { useSize } from './use-size.ts'
import { verdictOf } from './verdict.ts'

interface RoomProps {
  screen: 'waiting' | 'playing' | 'held'
  view: RoomView
  trouble: Trouble | null
  player: Player | null
  live: Live
  /** The person's token of this moment. */
  token(): string
  /** To a sub-room, or back to the room itself. */
  goTo(sub: string | null): void
  leave(): void
}

/** The room: the picture in the middle, everything else beside it. */
export function Room({ screen, view, trouble, player, live, token, goTo, leave }: RoomProps) {
  const root = useRef<HTMLDivElement>(null)
  const report = player?.report.value ?? null
  const blocked = player?.blocked.value ?? false
  const [actual, setActual] = useState(false)
  const [help, setHelp] = useState(false)
  const panel = useSidePanel()
  const desk = useDesk(live, token, player, panel, view.watermark)
  const instruments = useKit(desk)
  const { kit, parts } = instruments ?? {}
  const [way] = useState(() => readClean(location.search))
  const clean = useClean(way, instruments)
  /** What is large is what is heard, scaled and shown full. */
  const large = desk.player.value ?? player
  const video = large?.video.value ?? null
  const sound = large && screen !== 'waiting' && large.audible.value ? large.sound.value : null
  const files = useFiles(live, token, panel.tab !== null)
  const closable = panel.tab !== null && !panel.fixed
  const hosting = live.you.value?.permissions.includes('op') ?? false
  /** Silence that the viewer asked for is not asked about. */
  const [silenced, setSilenced] = useState(false)
  const size = useSize(video)
  const full = useFullScreen(video)
  const prompt = sound !== null && !sound.on && !silenced
  const facts = { screen, route: report?.route ?? null, stream: report?.stream ?? 'none' }
  const verdict = verdictOf({ ...facts, failures: trouble?.failures ?? 0 })
  useHealth(live, kit ? kit.health.coarse.value : verdict ? healths[verdict.word] : 'unknown')
  const said = useKnocks(live)
  const chatting = panel.tab === 'chat' && !help
  useMessageSound(live, chatting)
  usePageCommands(player, leave)
  // What is not well stays in sight.
  const idle = useIdle(
    root,
    screen === 'playing' && !prompt && !help && (kit?.health.verdict.value.level ?? verdict?.word) === 'good',
  )

  const setSound = (wanted: Sound) => {
    setSilenced(!wanted.on)
    large?.setSound(wanted)
  }

  const turnPanel = () => {
    setHelp(false)
    if (closable && !help) panel.close()
    else if (!panel.fixed) panel.open('chat')
  }
  const turnPeople = () => {
    setHelp(false)
    if (panel.tab === 'people' && !help) panel.close()
    else panel.open('people')
  }

  useCommands((command: Command): boolean => {
    switch (command) {
      case 'sound':
        if (sound) setSound({ ...sound, on: !sound.on })
        return sound !== null
      case 'louder':
      case 'softer':
        if (sound) setSound(turned(sound, command === 'louder' ? 1 : -1))
        return sound !== null
      case 'scale':
        setActual(!actual)
        return true
      case 'hand':
        return turnHand(live)
      case 'panel':
        turnPanel()
        return !panel.fixed
      case 'admit':
        return admitFirst(live)
      case 'full':
        full.turn?.()
        return full.turn !== null
      case 'leave':
        // The browser itself leaves the full screen; here it ends what is being done, then closes what is open.
        if (desk.mode.value !== 'watch') {
          desk.mode.value = 'watch'
          return true
        }
        if (help) setHelp(false)
        else if (closable) panel.close()
        return help || closable
      case 'help':
        setHelp(!help)
        return instruments !== null
      default:
        return kit && parts ? parts.runKit(kit, command) : false
    }
  })

  const place = kit && parts ? parts.programmePlace(kit.streams) : null
  const tiles = kit && parts ? parts.tilesOf(kit.streams) : null
  const stage = tiles !== null ? 'stage grid' : actual ? 'stage scrolls' : 'stage'
  const over = (
    <>
      <CaptionLine live={live} />
      {kit && parts && <parts.Overlays kit={kit} />}
    </>
  )
  if (way)
    return (
      <div ref={root}>
        {clean && (
          <clean.CleanView player={large} sound={way.sound}>
            <Watermark mark={view.watermark} live={live} />
          </clean.CleanView>
        )}
      </div>
    )
  const ModeBar = kit && parts ? parts.modeBar(kit) : null
  const classes = ['room', screen === 'held' && 'held', idle && 'idle', hosting && 'host']
    .filter(Boolean)
    .join(' ')
  return (
    <div ref={root} class={classes}>
      <p class="sr" role="status">
        {said}
      </p>
      <TopBar
        screen={screen}
        title={
          live.room.value?.sub ? t.inSubroom(view.room.title, live.room.value.sub.title) : view.room.title
        }
        demo={view.demo}
        size={size}
        report={report}
        verdict={
          kit && parts ? <parts.VerdictButton kit={kit} /> : verdict && <VerdictWords verdict={verdict} />
        }
        live={live}
        notices={panel.tab && !help ? null : () => panel.open('people')}
        files={files}
        people={{ open: panel.tab === 'people' && !help, turn: turnPeople }}
      />
      <main class={stage} style={tiles === null ? undefined : { '--tiles': `${tiles}` }}>
        <div class={place ? `stream ${place.class}` : 'stream'} style={place?.style}>
          <Picture player={player} empty={screen === 'waiting'} actual={actual}>
            <Watermark mark={screen === 'waiting' ? null : view.watermark} live={live} />
            {kit?.streams.layout.value.large ? null : over}
          </Picture>
          {tiles !== null && kit && parts && <parts.ProgrammeTile streams={kit.streams} />}
        </div>
        {kit && parts && (
          <parts.StreamGrid streams={kit.streams} actual={actual} mark={view.watermark} live={live}>
            {over}
          </parts.StreamGrid>
        )}
        {screen === 'waiting' && (
          <HoldFrame
            stream={facts.stream}
            tries={report?.tries ?? 0}
            blocked={blocked}
            start={() => player?.touch()}
          >
            {kit && parts && <parts.CheckButton kit={kit} />}
          </HoldFrame>
        )}
      </main>
      {kit && parts && <parts.Strip kit={kit} />}
      {ModeBar ? (
        <ModeBar kit={kit!} />
      ) : (
        <ControlBar
          sound={sound}
          prompt={prompt}
          setSound={setSound}
          scale={screen === 'waiting' ? null : { actual, turn: () => setActual(!actual) }}
          full={full}
          demo={view.demo}
          live={live}
          instruments={instruments}
          panel={panel.fixed ? null : { open: closable && !help, turn: turnPanel }}
        />
      )}
      {help && parts ? (
        <parts.KeysPanel close={() => setHelp(false)} />
      ) : (
        panel.tab &&
        panel.Panel && (
          <panel.Panel
            live={live}
            instruments={instruments}
            files={files}
            token={token}
            goTo={goTo}
            tab={panel.tab}
            setTab={panel.open}
            close={closable ? panel.close : null}
          />
        )
      )}
    </div>
  )
}
