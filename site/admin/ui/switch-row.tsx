interface SwitchRowProps {
  label: string
  /** What it does. */
  says: string
  on: boolean
  onChange: (on: boolean) => void
}

/** Something that is on or off, with what that means. */
export function SwitchRow({ label, says, on, onChange }: SwitchRowProps) {
  return (
    <label class="set-row">
      <span>
        {label}
        <span class="dim">{says}</span>
      </span>
      <input
        class="switch"
        type="checkbox"
        role="switch"
        checked={on}
        aria-checked={on}
        onChange={e => onChange(e.currentTarget.checked)}
      />
    </label>
  )
}
