import { createPrivateKey, createPublicKey, hash as digest, type KeyObject, sign } from "node:crypto";
import { pkcs8OfSeed } from "../ed25519.ts";
import { HASH_LENGTH, type Hash } from "../hash.ts";

// `crypto.hash(..., "buffer")` allocates an ArrayBuffer per call; a latin1 (`binary`) text written into memory that is
// there already is three times faster.

/** Writes SHA-256 of `data` into `target` at `offset`. */
export function hashInto(data: Uint8Array, target: Buffer, offset: number): void {
  target.write(digest("sha256", data, "binary"), offset, HASH_LENGTH, "latin1");
}

/** SHA-256 by OpenSSL. */
export const nodeSha256: Hash = (data) => {
  const hash = Buffer.allocUnsafe(HASH_LENGTH);
  hashInto(data, hash, 0);
  return hash;
};

// Scratch memory: everything here is synchronous, so one of each is enough.
const leaf = Buffer.alloc(1 + 65_535);
const pair = Buffer.alloc(1 + 2 * HASH_LENGTH, 1);
const row = Buffer.alloc(256 * HASH_LENGTH);

/** The leaf hashes of entries, one after the other (RFC 6962 section 2.1). */
export function leafHashes(entries: readonly Uint8Array[]): Buffer {
  const hashes = Buffer.allocUnsafe(entries.length * HASH_LENGTH);
  for (let at = 0; at < entries.length; at += 1) {
    const entry = entries[at] as Uint8Array;
    leaf.set(entry, 1);
    hashInto(leaf.subarray(0, 1 + entry.length), hashes, at * HASH_LENGTH);
  }
  return hashes;
}

/** Root over the hashes of a tile, full or partial, at least one. */
export function tileRoot(tile: Uint8Array): Buffer {
  let width = tile.length / HASH_LENGTH;
  row.set(tile);
  while (width > 1) {
    const half = width >> 1;
    for (let at = 0; at < half; at += 1) {
      row.copy(pair, 1, at * 2 * HASH_LENGTH, (at + 1) * 2 * HASH_LENGTH);
      hashInto(pair, row, at * HASH_LENGTH);
    }
    // An odd last hash moves up unchanged.
    if (width % 2 === 1) row.copyWithin(half * HASH_LENGTH, (width - 1) * HASH_LENGTH, width * HASH_LENGTH);
    width = half + (width % 2);
  }
  return Buffer.from(row.subarray(0, HASH_LENGTH));
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
