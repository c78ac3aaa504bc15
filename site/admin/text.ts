/** The language of this page, chosen in one place. */
export { admin as t, shared } from '../text/en.ts'
