import { Icon } from '../../lib/icon.tsx'
import type { Sound } from '../../player/sound.ts'
import { shared, t } from '../text.ts'

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
}

export function ControlBar({ sound, prompt, setSound, scale, full, demo }: ControlBarProps) {
  const { controls } = t
  return (
    <footer class={prompt ? 'control-bar unmuted-yet' : 'control-bar'}>
      <div class="side">{sound && <SoundControls sound={sound} prompt={prompt} setSound={setSound} />}</div>
      {demo && <p class="demo-say">{shared.demo}</p>}
      <div class="side end">
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
