/** How many of the seats are taken, drawn; nothing when they are not limited or all free. */
export function SeatMeter({ seats, max }: { seats: number; max: number | null }) {
  if (max === null || seats === 0) return null
  return (
    <span class="meter" aria-hidden="true">
      <i style={{ width: `${Math.min(100, Math.round((seats / max) * 100))}%` }} />
    </span>
  )
}
