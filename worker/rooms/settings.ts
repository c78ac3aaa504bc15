import * as v from 'valibot'
import { flag, paragraph, webAddress, whole } from '../http/fields.ts'
import { watermarkGiven, watermarkModes } from '../watermark/watermark.ts'

/** A room's door, hosts, chat and place among others: what its owner decides beyond title and schedule. */

/** As the origin knows them; a publishing page prefers what stands first. */
const codecs = ['vp8', 'vp9', 'av1', 'h264', 'h265', 'opus', 'g722', 'pcmu', 'pcma'] as const

const MINUTE = 60_000
/** Ten years of ms: longer is "as long as the room". */
const LONGEST_HISTORY = 315_360_000_000

/** Nobody new comes in; null = not locked. */
export const lockShown = v.nullable(v.object({ message: v.string(), since: v.string() }))

/** In answers. Lengths of time are in ms. */
export const settingsShown = {
  /** Who comes waits until a host lets them in. */
  waitingRoom: v.boolean(),
  lock: lockShown,
  /** Locked whenever no host is there. */
  autolock: v.boolean(),
  /** Nobody watches while no host is there. */
  autokick: v.boolean(),
  /** Ends so long after the last host left; null = does not. */
  endAfterHostMs: v.nullable(v.number()),
  /** Chat is shown and kept for so long; null = as long as the room. */
  chatHistoryMs: v.nullable(v.number()),
  /** Strangers see it on the landing page. */
  public: v.boolean(),
  contact: v.string(),
  /** For staff. */
  comment: v.string(),
  presentersInvite: v.boolean(),
  allowRecording: v.boolean(),
  /** People may come without a name. */
  allowAnonymous: v.boolean(),
  /** A sub-room is there as soon as somebody enters it. */
  autoSubrooms: v.boolean(),
  /** The review is elsewhere: where. */
  redirect: v.nullable(v.string()),
  /** For publishing from a page, in order of preference; null = no preference. */
  codecs: v.nullable(v.array(v.picklist(codecs))),
  /** How everybody's picture is marked, unless their link or they themselves are marked otherwise. */
  watermark: v.picklist(watermarkModes),
  /** Says who may join with a name and password. */
  authServer: v.nullable(v.string()),
  /** Where people get a token to join with. */
  authPortal: v.nullable(v.string()),
}

const address = v.optional(v.nullable(webAddress))
const maybe = v.optional(flag)

/** `{}` locks, null unlocks. The message is for who stands before the locked door. */
export const lockGiven = v.optional(v.nullable(v.strictObject({ message: v.optional(paragraph(500), '') })))

/** In requests. */
export const settingsGiven = {
  waitingRoom: maybe,
  lock: lockGiven,
  autolock: maybe,
  autokick: maybe,
  endAfterHostMs: v.optional(v.nullable(whole(MINUTE, 1440 * MINUTE))),
  chatHistoryMs: v.optional(v.nullable(whole(MINUTE, LONGEST_HISTORY))),
  public: maybe,
  contact: v.optional(paragraph(500)),
  comment: v.optional(paragraph(2000)),
  presentersInvite: maybe,
  allowRecording: maybe,
  allowAnonymous: maybe,
  autoSubrooms: maybe,
  redirect: address,
  codecs: v.optional(
    v.nullable(
      v.pipe(
        v.array(v.picklist(codecs, `must be one of ${codecs.join(', ')}`), 'must be a list'),
        v.minLength(1, 'must not be empty; null says that there is no preference'),
        v.check(list => new Set(list).size === list.length, 'must name each once'),
      ),
    ),
  ),
  watermark: v.optional(watermarkGiven),
  authServer: address,
  authPortal: address,
}
