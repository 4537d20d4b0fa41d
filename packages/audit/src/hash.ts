import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { concatBytes } from "./bytes.ts";

/** SHA-256 of bytes, 32 bytes. Injectable, so that an edge can bring a faster one. */
export type Hash = (data: Uint8Array) => Uint8Array;

/** SHA-256 in portable code: the default wherever a hash can be given. */
export const sha256: Hash = (data) => nobleSha256(data);

/** Bytes in one hash. */
export const HASH_LENGTH = 32;

const LEAF_PREFIX = Uint8Array.of(0);
const NODE_PREFIX = Uint8Array.of(1);

/** Hash of one log entry: SHA-256(0x00 || entry), RFC 6962 section 2.1. */
export function leafHash(entry: Uint8Array, hash: Hash = sha256): Uint8Array {
  return hash(concatBytes([LEAF_PREFIX, entry]));
}

/** Hash of an interior node: SHA-256(0x01 || left || right), RFC 6962 section 2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array, hash: Hash = sha256): Uint8Array {
  return hash(concatBytes([NODE_PREFIX, left, right]));
}

/** Root of the empty tree: SHA-256 of nothing, RFC 6962 section 2.1. */
export function emptyRoot(hash: Hash = sha256): Uint8Array {
  return hash(new Uint8Array(0));
}
