import { concatBytes } from "../bytes.ts";

// SHA-256 by WebCrypto alone. It answers with a promise, so that everything built on it does too.

/** SHA-256 of bytes, 32 bytes. */
export async function webSha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes)));
}

/** Hash of one log entry: SHA-256(0x00 || entry), RFC 6962 section 2.1. */
export function leafHash(entry: Uint8Array): Promise<Uint8Array> {
  return webSha256(concatBytes([Uint8Array.of(0), entry]));
}

/** Hash of an interior node: SHA-256(0x01 || left || right), RFC 6962 section 2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Promise<Uint8Array> {
  return webSha256(concatBytes([Uint8Array.of(1), left, right]));
}

/** Root over these hashes: MTH of RFC 6962 section 2.1. Empty: SHA-256 of nothing. */
export async function treeRoot(hashes: readonly Uint8Array[]): Promise<Uint8Array> {
  if (hashes.length === 0) return webSha256(new Uint8Array(0));
  let row = hashes;
  while (row.length > 1) {
    const pairs: Promise<Uint8Array>[] = [];
    for (let at = 0; at < row.length; at += 2) {
      const left = row[at] as Uint8Array;
      const right = row[at + 1];
      pairs.push(right === undefined ? Promise.resolve(left) : nodeHash(left, right));
    }
    row = await Promise.all(pairs);
  }
  return row[0] as Uint8Array;
}
