/** How well something arrives, out of three bars; always beside a word. */
export function Bars({ level }: { level: number }) {
  return (
    <span class="bars" data-level={level} aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  )
}
