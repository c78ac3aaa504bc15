/** The words of stills and of the wipe, which travel with them and not with the page. */
export { stills as words } from '../../text/en.ts'
