/** A time as it begins a line → inside a sentence. */
export const inSentence = (when: string): string =>
  when.replace(/^(Today|Tomorrow|Yesterday)/, day => day.toLowerCase())
