/**
 * A file that is dropped beside somebody would be opened in the place of this page, so nothing comes of it; and who leaves
 * while files are on their way is asked by the browser first.
 */
export function keepPage(isBusy: () => boolean): () => void {
  const refuse = (event: DragEvent) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'none'
  }
  const ask = (event: Event) => {
    if (isBusy()) event.preventDefault()
  }
  addEventListener('dragover', refuse)
  addEventListener('drop', refuse)
  addEventListener('beforeunload', ask)
  return () => {
    removeEventListener('dragover', refuse)
    removeEventListener('drop', refuse)
    removeEventListener('beforeunload', ask)
  }
}
