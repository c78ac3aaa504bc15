import { Icon } from '../../lib/icon.tsx'
import type { Sound } from '../../player/sound.ts'
import type { Instruments } from '../instruments/use-kit.ts'
import type { Live } from '../live/room-store.ts'
import { shared, t } from '../text.ts'
import { turnHand } from './hand.ts'

interface ControlBarProps {
  /** Null before there is anything to hear. */
  sound: Sound | null
  /** The viewer has not decided about sound yet: one obvious button. */
  prompt: boolean
  setSound(sound: Sound): void
  /** Null before there is a picture to scale. */
  scale: { actual: boolean; turn(): void } | null
  full: { on: boolean; turn: (() => void) | null }
  demo: boolean
  live: Live
  /** Null while they are on their way. */
  instruments: Instruments | null
  /** Null where the panel is always there. */
  panel: { open: boolean; turn(): void } | null
}

export function ControlBar(props: ControlBarProps) {
  const { sound, prompt, setSound, scale, full, demo, live, instruments, panel } = props
  const { controls } = t
  const { kit, parts } = instruments ?? {}
  return (
    <footer class={prompt ? 'control-bar unmuted-yet' : 'control-bar'}>
      <div class="side">
        {sound && <SoundControls sound={sound} prompt={prompt} setSound={setSound} />}
        {kit && parts && <parts.Readout kit={kit} />}
        {demo && <p class="demo-say">{shared.demo}</p>}
      </div>
      <div class="group">
        {kit && parts && <parts.Tools kit={kit} />}
        <HandButton live={live} />
      </div>
      <div class="side end">
        {kit && parts && <parts.Views kit={kit} />}
        {scale && (
          <button
            type="button"
            class="button ghost narrow-off wide-only"
            title={controls.withKey(scale.actual ? controls.fit : controls.actual, 'Z')}
            aria-keyshortcuts="Z"
            onClick={scale.turn}
          >
            <Icon name={scale.actual ? 'fit' : 'one'} />
            <span class="sr">{scale.actual ? controls.fit : controls.actual}</span>
          </button>
        )}
        {panel && <PanelButton live={live} {...panel} />}
        {full.turn && (
          <button
            type="button"
            class="button ghost"
            title={controls.withKey(full.on ? controls.leaveFull : controls.full, 'F')}
            aria-keyshortcuts="F"
            onClick={full.turn}
          >
            <Icon name="full" />
            <span class="sr">{full.on ? controls.leaveFull : controls.full}</span>
          </button>
        )}
      </div>
    </footer>
  )
}

function HandButton({ live }: { live: Live }) {
  const { controls } = t
  const you = live.you.value
  if (you?.state !== 'admitted') return null
  const said = you.hand ? controls.lowerHand : controls.hand
  return (
    <button
      type="button"
      class="button ghost"
      title={controls.withKey(said, 'H')}
      aria-label={controls.hand}
      aria-keyshortcuts="H"
      aria-pressed={you.hand}
      onClick={() => turnHand(live)}
    >
      <Icon name="hand" />
      <span class="label">{said}</span>
    </button>
  )
}

function PanelButton({ live, open, turn }: { live: Live; open: boolean; turn(): void }) {
  const { controls } = t
  const unread = open ? 0 : live.unread.value
  return (
    <button
      type="button"
      class="button ghost"
      title={controls.withKey(controls.panel, 'C')}
      aria-label={unread ? `${controls.panel}, ${t.people.unread(unread)}` : controls.panel}
      aria-keyshortcuts="C"
      aria-expanded={open}
      onClick={turn}
    >
      <Icon name="chat" />
      {unread > 0 && <span class="count unread">{unread}</span>}
    </button>
  )
}

function SoundControls({
  sound,
  prompt,
  setSound,
}: Pick<ControlBarProps, 'prompt' | 'setSound'> & { sound: Sound }) {
  const { controls } = t
  const turn = () => setSound({ ...sound, on: !sound.on })
  if (prompt)
    return (
      <button
        type="button"
        class="button primary sound-prompt keep"
        title={controls.withKey(controls.soundOn, 'M')}
        aria-keyshortcuts="M"
        onClick={turn}
      >
        <Icon name="sound-off" />
        <span class="label">{controls.soundOn}</span>
      </button>
    )
  return (
    <div class="group">
      <button
        type="button"
        class="button ghost"
        title={controls.withKey(sound.on ? controls.mute : controls.soundOn, 'M')}
        aria-keyshortcuts="M"
        onClick={turn}
      >
        <Icon name={sound.on ? 'sound' : 'sound-off'} />
        <span class="sr">{sound.on ? controls.mute : controls.soundOn}</span>
      </button>
      <input
        class="slider narrow-off"
        type="range"
        min={0}
        max={100}
        aria-label={controls.volume}
        value={Math.round(sound.volume * 100)}
        onInput={event => setSound({ on: true, volume: event.currentTarget.valueAsNumber / 100 })}
      />
    </div>
  )
}
