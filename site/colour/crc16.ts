/**
 * CRC-16 with the polynomial 0x1021, beginning with 0xFFFF, not reflected ("IBM-3740", "CCITT-FALSE"). Over as few bits as
 * a strip has, any three wrong ones show.
 */
export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff
  }
  return crc
}
