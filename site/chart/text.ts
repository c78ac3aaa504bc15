/** The language of this page, chosen in one place. */
export { chart as t } from '../text/en.ts'
