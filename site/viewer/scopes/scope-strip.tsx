import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../../lib/icon.tsx'
import { Graticule } from './graticule.tsx'
import { LevelAxis, QuarterLines, Scope } from './scope.tsx'
import type { Scopes } from './scopes.ts'
import { words } from './text.ts'

const CHANNELS = ['R', 'G', 'B']

/** The scopes, between the picture and the bar. */
export function ScopeStrip({ scopes }: { scopes: Scopes }) {
  const waveform = useRef<HTMLCanvasElement>(null)
  const parade = useRef<HTMLCanvasElement>(null)
  const vectorscope = useRef<HTMLCanvasElement>(null)
  const histogram = useRef<HTMLCanvasElement>(null)
  useEffect(
    () =>
      scopes.draw({
        waveform: waveform.current!,
        parade: parade.current!,
        vectorscope: vectorscope.current!,
        histogram: histogram.current!,
      }),
    [scopes],
  )
  const fault = scopes.fault.value
  return (
    <section class="scope-strip" aria-label={words.label}>
      <Scope name={words.waveform} of={words.limit} label={words.say.waveform} canvas={waveform}>
        <LevelAxis />
      </Scope>
      <Scope name={words.parade} of={words.rgb} label={words.say.parade} canvas={parade} extra>
        <LevelAxis />
        {CHANNELS.map((channel, i) => (
          <span key={channel} class="ch" style={{ left: `calc(${i} * 100% / 3 + 2px)` }}>
            {channel}
          </span>
        ))}
      </Scope>
      <Scope name={words.vectorscope} label={words.say.vectorscope} canvas={vectorscope} square>
        <Graticule />
      </Scope>
      <Scope name={words.histogram} of={words.luma} label={words.say.histogram} canvas={histogram} extra>
        <QuarterLines />
      </Scope>
      <p class="scope-fault" role="status">
        {fault && words.faults[fault]}
      </p>
    </section>
  )
}

/** Opens and closes them. */
export function ScopesButton({ scopes }: { scopes: Scopes }) {
  return (
    <button
      type="button"
      class="button ghost narrow-off wide-only"
      title={words.button}
      aria-keyshortcuts="W"
      aria-pressed={scopes.open.value}
      onClick={scopes.turn}
    >
      <Icon name="scopes" />
      <span class="sr">{words.title}</span>
    </button>
  )
}
