/** The words of the scopes, which travel with them and not with the page. */
export { scopes as words } from '../../text/en.ts'
