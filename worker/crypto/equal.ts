/**
 * Compares secrets without telling by its duration where they differ. The lengths are not secret: all our secrets
 * of one kind have one length.
 */
export function constantTimeEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!
  return difference === 0
}
