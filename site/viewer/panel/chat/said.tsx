import { partsOf } from '../../chat/rich-text.ts'

/** What somebody wrote, as text and links. Each stands for itself: none turns the direction of what is around it. */
export function Said({ text }: { text: string }) {
  return partsOf(text).map((part, i) =>
    typeof part === 'string' ? (
      part
    ) : (
      <a
        key={i}
        href={part.href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        title={part.href === part.text ? undefined : part.href}
      >
        <bdi>{part.text}</bdi>
      </a>
    ),
  )
}
