/** The words of the timecode, which travel with the instruments and not with the page. */
export { timecode } from '../../text/en.ts'
