import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

interface Look {
  kind?: 'primary' | 'ghost' | 'danger' | undefined
  icon?: IconName | undefined
  wide?: boolean
  large?: boolean
}

interface ButtonProps extends Look {
  children: ComponentChildren
  onClick?: (() => void) | undefined
  type?: 'button' | 'submit'
  disabled?: boolean | undefined
  /** More than the words on it say, for screen readers. */
  label?: string | undefined
  pressed?: boolean
}

const classOf = ({ kind, wide, large }: Look) =>
  ['button', kind, wide && 'wide', large && 'large'].filter(Boolean).join(' ')

export function Button({
  children,
  onClick,
  type = 'button',
  disabled,
  label,
  pressed,
  ...look
}: ButtonProps) {
  return (
    <button
      class={classOf(look)}
      type={type}
      disabled={disabled}
      aria-label={label}
      aria-pressed={pressed}
      onClick={onClick}
    >
      {look.icon && <Icon is={look.icon} />}
      {children}
    </button>
  )
}

interface IconButtonProps {
  icon: IconName
  /** Its name; there are no words on it. */
  label: string
  onClick: () => void
  disabled?: boolean
  /** Marks it as the part of its row that takes the focus. */
  rowFocus?: boolean
}

export function IconButton({ icon, label, onClick, disabled, rowFocus }: IconButtonProps) {
  return (
    <button
      class="button ghost icon-only"
      type="button"
      aria-label={label}
      title={label}
      disabled={disabled}
      data-row-focus={rowFocus || undefined}
      onClick={onClick}
    >
      <Icon is={icon} />
    </button>
  )
}

interface LinkButtonProps extends Look {
  href: string
  children: ComponentChildren
}

/** Looks like a button, leads to another page in another tab. */
export function LinkButton({ href, children, ...look }: LinkButtonProps) {
  return (
    <a class={classOf(look)} href={href} target="_blank" rel="noreferrer noopener">
      {look.icon && <Icon is={look.icon} />}
      {children}
    </a>
  )
}

/** Looks like a button, keeps what is at an address of this server as a file. */
export function DownloadButton({ href, children, ...look }: LinkButtonProps) {
  return (
    <a class={classOf(look)} href={href} download>
      <Icon is="download" />
      {children}
    </a>
  )
}
