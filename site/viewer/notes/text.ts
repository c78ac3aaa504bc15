/** The words of notes, which travel with the instruments and not with the page. */
export { chat, notes } from '../../text/en.ts'
