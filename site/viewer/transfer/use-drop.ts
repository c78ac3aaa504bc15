import { useState } from 'preact/hooks'
import { RUNNING } from './limits.ts'

/** Lets files be dropped on an element; with null they are not taken. */
export function useDrop(take: ((file: File) => void) | null) {
  const [dropping, tell] = useState(false)
  const over = (event: DragEvent) => {
    if (!take || !event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    tell(true)
  }
  return {
    dropping,
    onDragEnter: over,
    onDragOver: over,
    onDragLeave: () => tell(false),
    onDrop(event: DragEvent) {
      tell(false)
      if (!take || !event.dataTransfer) return
      event.preventDefault()
      for (const file of [...event.dataTransfer.files].slice(0, RUNNING)) take(file)
    },
  }
}
