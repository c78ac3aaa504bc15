/** The language of this page, chosen in one place. */
export { landing as t, shared } from '../text/en.ts'
