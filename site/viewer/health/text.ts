/** The words of health, which travel with the instruments and not with the page. */
export { health as t } from '../../text/en.ts'
