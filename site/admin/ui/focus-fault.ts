/** Brings the first wrong field of the open dialog to the person, once it has been drawn. */
export function focusFault(): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('dialog[open] [aria-invalid="true"]')?.focus()
  })
}
