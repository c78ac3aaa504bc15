/** The words of the doors, which travel with them and not with the page. */
export { doors as d } from '../../text/en.ts'
