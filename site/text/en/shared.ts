/** Used by several pages. */
export const shared = {
  product: 'Sightline',
  demo: 'Demonstration: pictures here come from the built-in origin, for seeing and testing.',
}
