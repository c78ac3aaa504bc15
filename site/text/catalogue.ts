import type * as english from './en.ts'

/** What a language file must export; a missing or surplus key is a type error. */
export type Catalogue = typeof english
