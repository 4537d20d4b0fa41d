import { crc32 } from "node:zlib";

// A frame of the write-ahead log:
//
//   header   magic u32 | body length u32 | first index u64 | entry count u32 | CRC-32 of those 20 bytes u32
//   body     entries in bundle form (u16 length and bytes each)
//   trailer  CRC-32 of header and body u32 | end mark u32
//
// All numbers are big-endian. The header has a CRC of its own, so that a length is believed only when it is
// whole; the end mark tells a write that never reached the disk (zeros) from one that rotted.

const MAGIC = 0x64_77_66_31; // "dwf1"
const END = 0x65_6e_64_2e; // "end."
export const HEADER_LENGTH = 24;
export const TRAILER_LENGTH = 8;

/** Entries that were appended together, and where. */
export interface Frame {
  readonly first: number;
  readonly count: number;
  readonly body: Buffer;
}

/** Writes entries as one frame. */
export function encodeFrame(first: number, entries: readonly Uint8Array[]): Buffer {
  const bodyLength = entries.reduce((length, entry) => length + 2 + entry.length, 0);
  const frame = Buffer.allocUnsafe(HEADER_LENGTH + bodyLength + TRAILER_LENGTH);
  frame.writeUInt32BE(MAGIC, 0);
  frame.writeUInt32BE(bodyLength, 4);
  frame.writeBigUInt64BE(BigInt(first), 8);
  frame.writeUInt32BE(entries.length, 16);
  frame.writeUInt32BE(crc32(frame.subarray(0, 20)), 20);
  let at = HEADER_LENGTH;
  for (const entry of entries) {
    frame.writeUInt16BE(entry.length, at);
    frame.set(entry, at + 2);
    at += 2 + entry.length;
  }
  frame.writeUInt32BE(crc32(frame.subarray(0, at)), at);
  frame.writeUInt32BE(END, at + 4);
  return frame;
}

/**
 * The frame at `offset`:
 *
 *   frame    whole and right; `next` is where the following one starts
 *   torn     the unfinished write of a crash: it was never acknowledged and may be cut off
 *   corrupt  bytes that were whole once are wrong now; acknowledged entries may be in them
 */
export type FrameReading =
  | { readonly kind: "frame"; readonly frame: Frame; readonly next: number }
  | { readonly kind: "torn" }
  | { readonly kind: "corrupt"; readonly what: string };

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/** Reads the frame at `offset` of a segment; there is at least one byte. */
export function readFrame(segment: Buffer, offset: number): FrameReading {
  const rest = segment.subarray(offset);
  if (rest.length < HEADER_LENGTH) return { kind: "torn" };
  const header = rest.subarray(0, HEADER_LENGTH);
  if (header.readUInt32BE(0) !== MAGIC || crc32(header.subarray(0, 20)) !== header.readUInt32BE(20)) {
    return isZero(rest) ? { kind: "torn" } : { kind: "corrupt", what: "the header of a frame is damaged" };
  }
  const bodyEnd = HEADER_LENGTH + header.readUInt32BE(4);
  if (rest.length < bodyEnd + TRAILER_LENGTH) return { kind: "torn" };
  const trailer = rest.subarray(bodyEnd, bodyEnd + TRAILER_LENGTH);
  const whole =
    crc32(rest.subarray(0, bodyEnd)) === trailer.readUInt32BE(0) && trailer.readUInt32BE(4) === END;
  if (!whole) {
    return isZero(rest.subarray(bodyEnd))
      ? { kind: "torn" }
      : { kind: "corrupt", what: "the content of a frame is damaged" };
  }
  const first = Number(header.readBigUInt64BE(8));
  const count = header.readUInt32BE(16);
  return {
    kind: "frame",
    frame: { first, count, body: rest.subarray(HEADER_LENGTH, bodyEnd) },
    next: offset + bodyEnd + TRAILER_LENGTH,
  };
}
