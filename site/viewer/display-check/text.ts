/** The words of the display check, which travel with it and not with the page. */
export { displayCheck as t } from '../../text/en.ts'
