/** The words of the side panel, which travel with it and not with the page. */
export { chat, panel } from '../../text/en.ts'
