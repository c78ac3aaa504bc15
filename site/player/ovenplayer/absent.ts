/**
 * Stands in for the parts of OvenPlayer that a review room must not have: advertising (which would load scripts from
 * elsewhere), caption parsers and DASH. Each of them is called with or without `new` and only ever destroyed.
 */
export default function absent() {
  return { destroy() {} }
}
