/** The language of this page, chosen in one place. */
export { shared, viewer as t } from '../text/en.ts'
