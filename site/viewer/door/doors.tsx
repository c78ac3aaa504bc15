import { Door } from './door.tsx'
import { d } from './text.ts'

/** The doors at which somebody is told or asked something: one file, which a page that goes straight in never loads. */
export { CountdownDoor } from './countdown-door.tsx'
export { FullDoor } from './full-door.tsx'
export { JoinDoor } from './join-door.tsx'
export { KnockDoor } from './knock-door.tsx'
export { LeftDoor } from './left-door.tsx'
export { RefusedDoor } from './refused-door.tsx'
export { SignInDoor } from './sign-in-door.tsx'

/** An address without its secret. */
export const NoLinkDoor = () => <Door glyph="unknown" title={d.noLink.title} lead={d.noLink.lead} />
