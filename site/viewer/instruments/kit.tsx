import { type Signal, signal } from '@preact/signals'
import { createBoard, type DrawingBoard } from '../drawing/board.ts'
import { DrawBar } from '../drawing/draw-bar.tsx'
import { DrawLayer } from '../drawing/draw-layer.tsx'
import { DrawTool } from '../drawing/draw-tool.tsx'
import type { Command } from '../keys/commands.ts'
import { ScopeStrip, ScopesButton } from '../scopes/scope-strip.tsx'
import { createScopes, type Scopes } from '../scopes/scopes.ts'
import { createMoments, type Moments } from '../timecode/moment.ts'
import { PointTool } from '../pointer/point-tool.tsx'
import { createPointer, type Pointer } from '../pointer/pointer.ts'
import { PointerDots } from '../pointer/pointer-dots.tsx'
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
}

export function openKit(desk: Desk): Kit {
  // Where somebody stands when the room is over must be here by then, whatever became of the server.
  import('../door/doors.tsx').catch(() => {})
  return {
    ...desk,
    moments: createMoments(desk.live, signal(null), signal(null)),
    settingTimecode: signal(false),
    drawing: createBoard(desk),
    scopes: createScopes(desk),
  }
  return { ...desk, drawing: createBoard(desk), pointer: createPointer(desk) }
}

export function closeKit(kit: Kit): void {
  kit.drawing.close()
  kit.pointer.close()
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
      <DrawTool kit={kit} />
      <PointTool kit={kit} />
    </>
  )
}

/** At the right of the control bar, before actual pixels. */
export function Views({ kit }: Slot) {
  return <ScopesButton scopes={kit.scopes} />
}

/** Over the picture, in its own box. */
export function Overlays({ kit }: Slot) {
  return (
    <>
      <DrawLayer kit={kit} />
      <PointerDots kit={kit} />
    </>
  )
}

/** Between the stage and the control bar. */
export function Strip({ kit }: Slot) {
  return kit.scopes.open.value ? <ScopeStrip scopes={kit.scopes} /> : null
}

/** In place of the control bar, while something is done with the picture; null = the bar itself. */
export function modeBar(kit: Kit): ((slot: Slot) => preact.JSX.Element) | null {
  return kit.drawing.active.value ? DrawBar : null
}

export function NotesPanel(_: Slot) {
  return null
}

export function CalibrationPanel(_: Slot) {
  return null
}

export function HealthPanel(_: Slot) {
  return null
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
    default:
      return false
  }
}

export { KeysPanel } from '../keys/keys-panel.tsx'
export { TimecodeForm } from '../timecode/timecode-form.tsx'
