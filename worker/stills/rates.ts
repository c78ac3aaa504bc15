/** The frame rates that a still can be labelled with. */
export const rates = ['23.976', '24', '25', '29.97', '29.97df', '30', '50', '59.94', '59.94df', '60'] as const
