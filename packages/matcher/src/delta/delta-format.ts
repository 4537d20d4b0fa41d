// How a delta lies in a file. docs/image-format.md explains it for other languages.
//
//   0   8  magic "DMRCDLT" and a zero byte
//   8   4  delta version
//   12  4  bytes of the image that it makes
//   16 32  content digest of the image that it starts from
//   48 32  content digest of the image that it makes
//   80     steps
//
// A step is a number (LEB128), 4 × count + kind, and what the kind needs. `from` is where the last step stopped reading in the
// old image; a place in it is written as the difference to that, zigzag.
//
//   copy  count bytes; place
//   new   count bytes, which follow
//   rows  count rows of 64 bytes; place; a difference (zigzag), added to the first word of each row

/** Integer that changes whenever the bytes of a delta mean something else. */
export const DELTA_VERSION = 1;

/** First eight bytes of every delta. */
export const DELTA_MAGIC: Uint8Array = new Uint8Array([0x44, 0x4d, 0x52, 0x43, 0x44, 0x4c, 0x54, 0x00]);

export const DELTA = { version: 8, length: 12, base: 16, target: 48, steps: 80 } as const;

export const STEP = { copy: 0, fresh: 1, rows: 2 } as const;

/** Bytes of a row of a `rows` step. */
export const ROW_BYTES = 64;
