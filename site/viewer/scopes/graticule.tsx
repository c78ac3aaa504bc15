import { skinEnd, targets } from './compute/graticule.ts'

/** Half a side of a target's box, in hundredths of the plot. */
const BOX = 2.2
/** From a target's middle to its name's, outwards. */
const NAME = 7

/** What the trace of a vectorscope is read against: the circle, the bars of 75 %, the way of skin. */
export function Graticule() {
  return (
    <svg viewBox="0 0 100 100" aria-hidden="true">
      <circle class="line" cx="50" cy="50" r="50" />
      <path class="axis-line" d="M50 0v100M0 50h100" />
      <path class="target" d={`M50 50 ${skinEnd.x * 100} ${skinEnd.y * 100}`} />
      {targets.map(({ name, x, y }) => {
        const [cx, cy] = [x * 100, y * 100]
        const out = NAME / Math.hypot(cx - 50, cy - 50)
        return (
          <g key={name}>
            <rect class="target" x={cx - BOX} y={cy - BOX} width={2 * BOX} height={2 * BOX} />
            <text x={cx + (cx - 50) * out} y={cy + (cy - 50) * out}>
              {name}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
