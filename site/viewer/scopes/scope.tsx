import type { ComponentChildren, Ref } from 'preact'
import { words } from './text.ts'

interface ScopeProps {
  name: string
  /** At the right of its head. */
  of?: string
  /** What a reader hears of the plot. */
  label: string
  /** Goes first where there is little room. */
  extra?: boolean
  square?: boolean
  canvas: Ref<HTMLCanvasElement>
  /** Under the trace. */
  children: ComponentChildren
}

/** One scope: its name, what it is of, and the plot. */
export function Scope({ name, of, label, extra, square, canvas, children }: ScopeProps) {
  const kind = ['scope', extra && 'extra', square && 'square'].filter(Boolean).join(' ')
  return (
    <div class={kind}>
      <h4>
        <span>{name}</span>
        <span>{of}</span>
      </h4>
      <div class="plot">
        {children}
        <canvas ref={canvas} role="img" aria-label={label} />
      </div>
    </div>
  )
}

const QUARTERS = [0, 25, 50, 75, 100]

/** Lines and numbers of a plot of levels: 0 is black, 100 white. */
export function LevelAxis() {
  return (
    <>
      <svg aria-hidden="true">
        {QUARTERS.map(at => (
          <line key={at} class="g" x1="0" x2="100%" y1={`${at}%`} y2={`${at}%`} />
        ))}
      </svg>
      {QUARTERS.map(at => (
        <span key={at} class="axis" style={{ top: `${at}%` }}>
          {words.percent(100 - at)}
        </span>
      ))}
    </>
  )
}

/** The same across, without numbers. */
export const QuarterLines = () => (
  <svg aria-hidden="true">
    {QUARTERS.map(at => (
      <line key={at} class="g" y1="0" y2="100%" x1={`${at}%`} x2={`${at}%`} />
    ))}
  </svg>
)
