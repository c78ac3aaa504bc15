/** Brings the first wrong field to the person, once it has been drawn: of the open dialog, else of the page. */
export function focusFault(): void {
  requestAnimationFrame(() => {
    const place = document.querySelector('dialog[open]') ?? document
    place.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  })
}
