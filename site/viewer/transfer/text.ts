/** The words of file transfer, which travel with it and not with the page. */
export { files } from '../../text/en.ts'
