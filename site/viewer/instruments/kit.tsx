import { type Signal, signal } from '@preact/signals'
import { createBoard, type DrawingBoard } from '../drawing/board.ts'
import { DrawBar } from '../drawing/draw-bar.tsx'
import { DrawLayer } from '../drawing/draw-layer.tsx'
import { DrawTool } from '../drawing/draw-tool.tsx'
import { createHealth, type Health } from '../health/health.ts'
import { HealthPanel } from '../health/health-panel.tsx'
import { CheckButton, VerdictButton } from '../health/verdict-button.tsx'
import type { Command } from '../keys/commands.ts'
import { NoteTool } from '../notes/note-tool.tsx'
import { createNotes, type Notes } from '../notes/notes.ts'
import { createNotesApi } from '../notes/notes-api.ts'
import { PointTool } from '../pointer/point-tool.tsx'
import { createPointer, type Pointer } from '../pointer/pointer.ts'
import { PointerDots } from '../pointer/pointer-dots.tsx'
import { ScopeStrip, ScopesButton } from '../scopes/scope-strip.tsx'
import { createScopes, type Scopes } from '../scopes/scopes.ts'
import { stillMoment } from '../stills/name.ts'
import { StillButton, StillStrip, takeStill } from '../stills/still-strip.tsx'
import { createStills, type Stills } from '../stills/stills.ts'
import { GridButton } from '../streams/grid-button.tsx'
import { openStreams } from '../streams/open-streams.ts'
import type { Streams } from '../streams/streams.ts'
import { createMoments, type Moments } from '../timecode/moment.ts'
import { ShownLayer } from '../wipe/shown-layer.tsx'
import { createWipe, type Wipe } from '../wipe/wipe.ts'
import { WipeBar } from '../wipe/wipe-bar.tsx'
import { WipeLayer } from '../wipe/wipe-layer.tsx'
import type { Desk } from './desk.ts'

/**
 * The instruments around the picture, in one file that follows its first frame. Each slot below is a list: an instrument
 * stands in it in one line and lives in a folder of its own.
 */
export interface Kit extends Desk {
  readonly moments: Moments
  /** The host is setting the timecode, in the panel. */
  readonly settingTimecode: Signal<boolean>
  readonly drawing: DrawingBoard
  readonly scopes: Scopes
  readonly pointer: Pointer
  readonly stills: Stills
  readonly wipe: Wipe
  readonly health: Health
  readonly streams: Streams
  readonly notes: Notes
}

export function openKit(desk: Desk): Kit {
  // Where somebody stands when the room is over must be here by then, whatever became of the server.
  import('../door/doors.tsx').catch(() => {})
  const moments = createMoments(desk.live, signal(null), signal(null))
  return {
    ...desk,
    moments,
    settingTimecode: signal(false),
    drawing: createBoard(desk),
    pointer: createPointer(desk),
    scopes: createScopes(desk),
    stills: createStills(desk, {
      fetch: (...call) => fetch(...call),
      moment: () => stillMoment(moments.now()),
    }),
    wipe: createWipe(desk),
    health: createHealth(desk),
    streams: openStreams(desk),
    notes: createNotes(
      desk,
      moments,
      createNotesApi((...call) => fetch(...call), desk.token),
    ),
  }
}

export function closeKit(kit: Kit): void {
  kit.drawing.close()
  kit.pointer.close()
  kit.stills.close()
  kit.health.close()
  kit.streams.stop()
  kit.notes.close()
}

interface Slot {
  kit: Kit
}

/** In the control bar at the left, beside the sound. */
export { Readout } from '../timecode/readout.tsx'

/** In the middle of the control bar, before the hand. */
export function Tools({ kit }: Slot) {
  return (
    <>
      <NoteTool kit={kit} />
      <DrawTool kit={kit} />
      <PointTool kit={kit} />
      <StillButton stills={kit.stills} />
    </>
  )
}

/** At the right of the control bar, before actual pixels. */
export function Views({ kit }: Slot) {
  return (
    <>
      <ScopesButton scopes={kit.scopes} />
      <GridButton streams={kit.streams} />
    </>
  )
}

/** Over the picture, in its own box. */
export function Overlays({ kit }: Slot) {
  return (
    <>
      {kit.mode.value === 'wipe' ? (
        <WipeLayer wipe={kit.wipe} />
      ) : (
        <ShownLayer desk={kit} stills={kit.stills} wipe={kit.wipe} />
      )}
      <DrawLayer kit={kit} />
      <PointerDots kit={kit} />
    </>
  )
}

/** Between the stage and the control bar. */
export function Strip({ kit }: Slot) {
  return (
    <div class="strips">
      {kit.stills.open.value && <StillStrip desk={kit} stills={kit.stills} wipe={kit.wipe} />}
      {kit.scopes.open.value && <ScopeStrip scopes={kit.scopes} />}
    </div>
  )
}

/** In place of the control bar, while something is done with the picture; null = the bar itself. */
export function modeBar(kit: Kit): ((slot: Slot) => preact.JSX.Element) | null {
  if (kit.mode.value === 'wipe') return WipeBar
  return kit.drawing.active.value ? DrawBar : null
}

/** What a key does. @returns whether it was one of these and did something */
export function runKit(kit: Kit, command: Command): boolean {
  switch (command) {
    case 'draw':
      return kit.drawing.turn()
    case 'scopes':
      kit.scopes.turn()
      return true
    case 'point':
      return kit.pointer.hold()
    case 'still':
      void takeStill(kit.stills)
      return true
    case 'note':
      return kit.notes.begin()
    case 'grid':
      return kit.streams.turn()
    default:
      return command.startsWith('large-') && kit.streams.enlargeNumber(Number(command.slice(6)))
  }
}

export { KeysPanel } from '../keys/keys-panel.tsx'
export { NotesPanel } from '../notes/notes-panel.tsx'
export { ProgrammeTile, programmePlace, StreamGrid, tilesOf } from '../streams/stream-grid.tsx'
export { TimecodeForm } from '../timecode/timecode-form.tsx'
export { CheckButton, HealthPanel, VerdictButton }
