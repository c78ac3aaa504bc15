import * as v from 'valibot'
import { line, paragraph } from '../../http/fields.ts'
import { grants, roleNames } from '../../links/permissions.ts'
import { Watermark } from '../../watermark/watermark.ts'
import { id, named, renamed, Somebody } from './fields.ts'

/** The live channel's messages about doors, people's rights, warnings, captions and signals. Part of `protocol.ts`. */

/** The longest words of a host to somebody, of a reason or a lock, and of a caption, in characters. */
const MAX_WARNING = 1_000
const MAX_REASON = 200
const MAX_LOCK = 500
const MAX_CAPTION = 300

/** The largest thing that is relayed for two pages, in bytes: a session description with room to spare. */
export const MAX_SIGNAL = 16 * 1024

const reason = v.optional(line(MAX_REASON))
const warning = v.pipe(paragraph(MAX_WARNING), v.minLength(1, 'must not be empty'))
const who = v.union(
  [v.strictObject({ id }), v.strictObject({ all: v.literal(true) })],
  'must be {id} or {all: true}',
)

/** Each needs `op`, if nothing else is said, and is answered by `done`, by what bears its own name, or by `refused`. */
export const controlToServer = [
  /** One who waits, or all. To refuse somebody is to remove them before they were in. */
  v.strictObject({ type: v.literal('door.admit'), who, ...named }),
  v.strictObject({ type: v.literal('door.refuse'), who, reason, ...named }),
  /** Nobody new comes in; those who come read the message. Locked again it has the new message. */
  v.strictObject({ type: v.literal('room.lock'), message: v.optional(paragraph(MAX_LOCK)), ...named }),
  v.strictObject({ type: v.literal('room.unlock'), ...named }),
  v.strictObject({ type: v.literal('room.end'), ...named }),
  /** Gives all of a preset and takes everything else. What one does not hold oneself one cannot give. */
  v.strictObject({
    type: v.literal('person.role'),
    id,
    role: v.picklist(roleNames, 'must be a role'),
    ...named,
  }),
  /** Gives or takes one permission. Who loses `op` loses `token` and `record` with it, and who was made a host all it brought. */
  v.strictObject({
    type: v.literal('person.permit'),
    id,
    permission: v.picklist(grants, 'must be a permission'),
    held: v.boolean('must be true or false'),
    ...named,
  }),
  /** For good. `link` closes their link for all and what was made through it; `address` keeps their address out of the room. */
  v.strictObject({
    type: v.literal('person.kick'),
    id,
    reason,
    ban: v.optional(
      v.pipe(
        v.array(v.picklist(['link', 'address'], 'must be link or address'), 'must be a list'),
        v.maxLength(2, 'must have at most 2 items'),
      ),
    ),
    ...named,
  }),
  /** Somebody who was removed may come again, from their address too; a link that was closed stays closed. */
  v.strictObject({ type: v.literal('person.pardon'), id, ...named }),
  /** Closes the link that a person came through, for all who came through it. */
  v.strictObject({ type: v.literal('link.close'), of: id, ...named }),
  /** Asks one, or all but oneself, to mute; their pages do. */
  v.strictObject({ type: v.literal('person.mute'), who, ...named }),
  v.strictObject({ type: v.literal('person.warn'), id, text: warning, ...named }),
  v.strictObject({ type: v.literal('wall'), text: warning, ...named }),
  /** Answered by `identity`. The person is told that one knows now. */
  v.strictObject({ type: v.literal('person.identify'), id, ...named }),
  /** Those who were removed. */
  v.strictObject({ type: v.literal('removed'), ...named }),
  /** Also for those whose link opens sub-rooms. */
  v.strictObject({ type: v.literal('subrooms'), ...named }),
  /** Needs `caption`. Shown to all who are in, and not kept. */
  v.strictObject({ type: v.literal('caption'), text: line(MAX_CAPTION), ...named }),
  /** From everybody: this page's watermark was taken off, and is back. Answered by nothing. */
  v.strictObject({ type: v.literal('watermark.removed'), ...named }),
  /** Both need `message`. Goes to the pages of one person as it is; the room does not look into it. */
  v.strictObject({
    type: v.literal('signal'),
    to: id,
    data: v.pipe(
      v.string('must be text'),
      v.nonEmpty('must not be empty'),
      v.maxBytes(MAX_SIGNAL, 'must have at most 16 KiB'),
    ),
    ...named,
  }),
] as const

/** A link by which people know it. */
const Link = v.strictObject({ id: v.string(), label: v.string() })

/** Somebody before the door, as operators see them. */
export const Waiting = v.strictObject({
  ...Somebody.entries,
  since: v.string(),
  for: v.picklist(['admission', 'unlock', 'host']),
  link: Link,
})
export type Waiting = v.InferOutput<typeof Waiting>

const seq = v.number()

export const controlToClient = [
  /** To operators alone. */
  v.strictObject({ type: v.literal('waiting.joined'), seq, person: Waiting }),
  /** They were let in, refused, or are gone. */
  v.strictObject({ type: v.literal('waiting.left'), seq, id: v.string() }),
  /**
   * `mute`: mute yourself, please. `identified`: `from` has learnt your address. `unmarked`, to operators: the watermark
   * was taken off the page of `from`, which has put it back. `text` is empty with these.
   */
  v.strictObject({
    type: v.literal('notice'),
    seq,
    kind: v.picklist(['warn', 'wall', 'mute', 'identified', 'unmarked']),
    from: Somebody,
    text: v.string(),
  }),
  v.strictObject({ type: v.literal('caption'), from: Somebody, text: v.string() }),
  /** What this page lays over the picture from now on. */
  v.strictObject({ type: v.literal('watermark'), watermark: Watermark }),
  /** Address and browser of their youngest connection; null = not known. */
  v.strictObject({
    type: v.literal('identity'),
    ...renamed,
    person: Somebody,
    address: v.nullable(v.string()),
    userAgent: v.nullable(v.string()),
    link: Link,
    joinedAt: v.string(),
  }),
  /** The last of those who were removed, the youngest first. */
  v.strictObject({
    type: v.literal('removed'),
    ...renamed,
    items: v.array(v.strictObject({ ...Somebody.entries, at: v.string(), reason: v.nullable(v.string()) })),
  }),
  v.strictObject({
    type: v.literal('subrooms'),
    ...renamed,
    items: v.array(
      v.strictObject({ name: v.string(), title: v.string(), people: v.number(), locked: v.boolean() }),
    ),
  }),
  v.strictObject({ type: v.literal('signal'), from: Somebody, data: v.string() }),
  /** It is done, and saved where it is kept. What changed by it is told to everybody whom it concerns. */
  v.strictObject({ type: v.literal('done'), about: v.string(), ...renamed }),
] as const
