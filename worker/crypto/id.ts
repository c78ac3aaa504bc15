import { toBase32 } from './encoding.ts'

const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes))

/** A row's id: 80 random bits, 16 characters of base32. Unique, not secret. */
export const newId = (): string => toBase32(random(10))

/** Whether a text has the form of {@link newId}. */
export const isId = (text: string): boolean => /^[a-z2-7]{16}$/.test(text)

/** A stream's name at the origin: 120 random bits, 24 characters. Hidden, but knowing it opens nothing. */
export const newHiddenName = (): string => toBase32(random(15))
