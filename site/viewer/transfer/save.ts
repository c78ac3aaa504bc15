/** Hands a file to the person as a download, whatever it is: never opened, never shown. */
export function saveAs(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.rel = 'noopener'
  link.hidden = true
  document.body.append(link)
  link.click()
  link.remove()
  // The browser reads from it until the download is done, and does not say when that is.
  setTimeout(() => URL.revokeObjectURL(url), 600_000)
}
