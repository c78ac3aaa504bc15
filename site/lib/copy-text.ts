/**
 * Puts text on the clipboard. Pages on a plain-http address in a local network have no clipboard API; the old command
 * still works there after a press. Answers false when neither does.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyByCommand(text)
  }
}

function copyByCommand(text: string): boolean {
  const before = document.activeElement
  const box = document.createElement('textarea')
  box.value = text
  box.readOnly = true
  box.className = 'sr'
  // Inside an open dialog everything outside it is inert and cannot be selected.
  const home = document.querySelector('dialog[open]') ?? document.body
  home.append(box)
  box.select()
  const done = document.execCommand('copy')
  box.remove()
  if (before instanceof HTMLElement) before.focus()
  return done
}
