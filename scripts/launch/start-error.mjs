/** A program that could not start; the message is what it said. */
export class StartError extends Error {
  /**
   * @param {string[]} lines
   * @param {number} code its exit code
   */
  constructor(lines, code) {
    super(lines.join('\n') || 'The server ended without a word.')
    this.code = code
  }
}
