import { createPrivateKey, createPublicKey, hash as digest, type KeyObject, sign } from "node:crypto";
import { pkcs8OfSeed } from "../ed25519.ts";
import { HASH_LENGTH, type Hash } from "../hash.ts";

// `crypto.hash(..., "buffer")` allocates an ArrayBuffer per call; a latin1 (`binary`) text written into memory that is
// there already is three times faster.

/** What `write(text, offset, length, "latin1")` comes to, without the search for the encoding; Node does not type it. */
interface LatinWriter {
  latin1Write(text: string, offset: number, length: number): number;
}

/** Writes SHA-256 of `data` into `target` at `offset`. */
export function hashInto(data: Uint8Array, target: Buffer, offset: number): void {
  (target as Buffer & LatinWriter).latin1Write(digest("sha256", data, "binary"), offset, HASH_LENGTH);
}

/** SHA-256 by OpenSSL. */
export const nodeSha256: Hash = (data) => {
  const hash = Buffer.allocUnsafe(HASH_LENGTH);
  hashInto(data, hash, 0);
  return hash;
};

// Scratch memory: everything here is synchronous, so one of each is enough. Making a view costs a third of what hashing a
// short entry does, so the views are kept too: one for each length that was met, and one for each pair of a row.
const LONGEST_KEPT = 4096;
const leaf = Buffer.alloc(1 + 65_535);
const leafViews: (Buffer | undefined)[] = Array.from({ length: LONGEST_KEPT });

/** Writes the leaf hash of an entry into `target` at `offset` (RFC 6962 section 2.1). */
export function hashLeafInto(entry: Uint8Array, target: Buffer, offset: number): void {
  const { length } = entry;
  leaf.set(entry, 1);
  let view = leafViews[length];
  if (view === undefined) {
    view = leaf.subarray(0, 1 + length);
    if (length < LONGEST_KEPT) leafViews[length] = view;
  }
  hashInto(view, target, offset);
}

/** The leaf hashes of entries, one after the other. */
export function leafHashes(entries: readonly Uint8Array[]): Buffer {
  const hashes = Buffer.allocUnsafe(entries.length * HASH_LENGTH);
  for (let at = 0; at < entries.length; at += 1)
    hashLeafInto(entries[at] as Uint8Array, hashes, at * HASH_LENGTH);
  return hashes;
}

// A row of hashes behind one byte, so that each pair has a byte before it for the prefix 0x01 of RFC 6962. That byte is the
// end of the pair before, which is hashed by then; and results are written at half the pace of reading.
const PREFIX = 1;
const row = Buffer.alloc(PREFIX + 256 * HASH_LENGTH);
const pairs = Array.from({ length: 128 }, (_, at) =>
  row.subarray(at * 2 * HASH_LENGTH, PREFIX + (at + 1) * 2 * HASH_LENGTH),
);

/** Root over the hashes of a tile, full or partial, at least one. */
export function tileRoot(tile: Uint8Array): Buffer {
  let width = tile.length / HASH_LENGTH;
  row.set(tile, PREFIX);
  while (width > 1) {
    const half = width >> 1;
    for (let at = 0; at < half; at += 1) {
      row[at * 2 * HASH_LENGTH] = 1;
      hashInto(pairs[at] as Buffer, row, PREFIX + at * HASH_LENGTH);
    }
    // An odd last hash moves up unchanged.
    if (width % 2 === 1) {
      const last = PREFIX + (width - 1) * HASH_LENGTH;
      row.copyWithin(PREFIX + half * HASH_LENGTH, last, last + HASH_LENGTH);
    }
    width = half + (width % 2);
  }
  return Buffer.from(row.subarray(PREFIX, PREFIX + HASH_LENGTH));
}

/** The private key of an Ed25519 seed. */
export function privateKeyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(pkcs8OfSeed(seed)), format: "der", type: "pkcs8" });
}

/** The 32 public bytes of an Ed25519 private key. */
export function publicBytesOf(key: KeyObject): Uint8Array {
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return new Uint8Array(spki.subarray(spki.length - 32));
}

/** Ed25519 signature over a text. */
export function signText(text: string, key: KeyObject): Uint8Array {
  return sign(null, Buffer.from(text), key);
}
