import type { Drawn } from '../../../worker/live/messages/drawing.ts'
import type { ToClient } from '../../../worker/live/protocol.ts'

/** What is drawn over the picture after a message; the same array when nothing changed. The oldest first. */
export function marksAfter(marks: readonly Drawn[], message: ToClient): readonly Drawn[] {
  switch (message.type) {
    case 'welcome':
      return message.marks
    case 'draw.marked': {
      const { drawn } = message
      return marks.some(({ id }) => id === drawn.id)
        ? marks.map(old => (old.id === drawn.id ? drawn : old))
        : [...marks, drawn]
    }
    case 'draw.extended':
      return marks.map(old => (old.id === message.id ? extended(old, message.points) : old))
    case 'draw.erased': {
      const { which } = message
      return marks.filter(({ id, by }) =>
        'id' in which ? id !== which.id : 'of' in which && by.id !== which.of,
      )
    }
  }
  return marks
}

/** A pen goes on; the last point of any other tool moves. */
function extended(drawn: Drawn, more: Drawn['mark']['points']): Drawn {
  const { tool, points } = drawn.mark
  return {
    ...drawn,
    mark: { ...drawn.mark, points: tool === 'pen' ? [...points, ...more] : [points[0]!, more.at(-1)!] },
  }
}
