import { t } from './text.ts'

const grey = (level: number) => `rgb(${level},${level},${level})`

/** Eleven steps as even numbers of the signal, then the ends of the scale where a wrong range or a bright room shows first. */
const steps = Array.from({ length: 11 }, (_, i) => Math.round((i * 255) / 10))
const nearBlack = [4, 8, 14, 22]
const nearWhite = [251, 247, 241, 233]

/** The picture to judge black and white by: exact values, no tint, no edges between the steps. */
export function Plate() {
  return (
    <div class="display-plate">
      <Strip label={t.steps} width={11}>
        {steps.map((level, i) => (
          <rect key={level} x={i} width={1} height={1} fill={grey(level)} />
        ))}
      </Strip>
      <div class="ends">
        <Strip label={t.black} width={9}>
          <rect width={9} height={1} fill={grey(0)} />
          {nearBlack.map((level, i) => (
            <rect key={level} x={2 * i + 1} y={0.25} width={1} height={0.5} fill={grey(level)} />
          ))}
        </Strip>
        <Strip label={t.white} width={9}>
          <rect width={9} height={1} fill={grey(255)} />
          {nearWhite.map((level, i) => (
            <rect key={level} x={2 * i + 1} y={0.25} width={1} height={0.5} fill={grey(level)} />
          ))}
        </Strip>
      </div>
    </div>
  )
}

function Strip({
  label,
  width,
  children,
}: {
  label: string
  width: number
  children: preact.ComponentChildren
}) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} 1`}
      preserveAspectRatio="none"
      shape-rendering="crispEdges"
    >
      {children}
    </svg>
  )
}
