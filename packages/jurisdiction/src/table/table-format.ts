// The table image, version 1. All numbers little-endian; every section starts at a multiple of four bytes.
//
//   0   "DEMARCAT"
//   8   u32 version, 1
//   12  u32 length of the file
//   16  u32 FNV-1a over 32-bit words of everything from byte 20, for damage (not against forgery: that is the digest)
//   20  32 bytes, SHA-256 of everything from byte 52
//   52  u32 x 8: bytes of the metadata, bytes of the records, segments of IPv4, of IPv6 by /64, of IPv6 within a /64,
//       flags (1: a length for each segment; 2: records are two bytes wide, else one), reserved, reserved
//   84  metadata: JSON { source, vendor, dataDate }
//       records: JSON [{ kind, territory, region, caveats }]
//       IPv4: starts u32, lengths u8, records
//       IPv6 by /64: upper words u32, lower words u32, lengths u8, records; the last record but one (0xfe, 0xfffe) says: look within
//       IPv6 within: starts u32 x 4, lengths u8, records

export const MAGIC = "DEMARCAT";
export const VERSION = 1;
export const CHECKSUM_AT = 16;
export const DIGEST_AT = 20;
export const COUNTS_AT = 52;
export const BODY_AT = 84;
export const WITH_LENGTHS = 1;
export const WIDE_RECORDS = 2;
/** What comes before the records of a width: nothing there, and look within. */
export const SPECIAL = {
  narrow: { none: 0xff, within: 0xfe },
  wide: { none: 0xffff, within: 0xfffe },
} as const;

export const aligned = (bytes: number): number => (bytes + 3) & ~3;

/** Lengths of the sections, in order, in bytes and aligned. */
export function sectionSizes(counts: Uint32Array): readonly number[] {
  const [meta = 0, records = 0, v4 = 0, v6 = 0, within = 0, flags = 0] = counts;
  const width = (flags & WIDE_RECORDS) === 0 ? 1 : 2;
  const length = (flags & WITH_LENGTHS) === 0 ? 0 : 1;
  return [
    meta,
    records,
    v4 * 4,
    v4 * length,
    v4 * width,
    v6 * 4,
    v6 * 4,
    v6 * length,
    v6 * width,
    within * 16,
    within * length,
    within * width,
  ].map(aligned);
}

/** FNV-1a over little-endian words; `bytes` is a multiple of four long. */
export function checksum(bytes: Uint8Array): number {
  const whole = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  let hash = 0x811c9dc5;
  for (let index = 0; index < whole.length; index += 1)
    hash = Math.imul(hash ^ (whole[index] as number), 0x01000193);
  return hash >>> 0;
}
