/**
 * Every sentence and word of both pages. A language is one file of this shape: copy it, translate it, list it in
 * catalogue.ts. Functions take what varies, so that a translator decides the order of words.
 * Tone: plain, present tense, second person; the state, then what happens or what to do.
 */

/** Used by both pages. */
export const shared = {
  product: 'Sightline',
  demo: 'Demonstration: this picture comes from the built-in origin, not from an encoder.',
}

/** The viewer's page. */
export const viewer = {
  title: 'Review room',
}

/** The admin's page. */
export const admin = {
  title: 'Sightline admin',
}
