/** The types of H.264 NAL unit this origin looks at (ITU-T H.264 table 7-1). */
export const Nal = { slice: 1, keySlice: 5, parameters: 7, pictureParameters: 8 } as const

/** The type of a NAL unit: the low five bits of its first byte. */
export function nalType(nal: Buffer): number {
  return (nal[0] ?? 0) & 31
}

/** Splits an Annex B byte stream into its NAL units, without start codes. */
export function splitAnnexB(stream: Buffer): Buffer[] {
  const nals: Buffer[] = []
  let start = stream.indexOf('\0\0\x01', 0, 'latin1')
  while (start >= 0) {
    const from = start + 3
    const next = stream.indexOf('\0\0\x01', from, 'latin1')
    let end = next < 0 ? stream.length : next
    // A four-byte start code leaves its first zero behind; a NAL unit itself never ends in zero.
    while (end > from && stream[end - 1] === 0) end--
    nals.push(stream.subarray(from, end))
    start = next
  }
  return nals
}

/** One picture: its slices, with the parameter sets before them when it is a key frame. */
export interface AccessUnit {
  readonly key: boolean
  readonly nals: readonly Buffer[]
}

/** Groups the NAL units of a one-slice-a-picture stream into pictures. */
export function accessUnits(nals: readonly Buffer[]): AccessUnit[] {
  const units: AccessUnit[] = []
  let waiting: Buffer[] = []
  for (const nal of nals) {
    waiting.push(nal)
    const type = nalType(nal)
    if (type !== Nal.slice && type !== Nal.keySlice) continue
    units.push({ key: type === Nal.keySlice, nals: waiting })
    waiting = []
  }
  return units
}
