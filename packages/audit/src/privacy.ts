import { concatBytes, equalBytes, toHex, utf8 } from "./bytes.ts";
import { type Hash, sha256 } from "./hash.ts";

// Pseudonyms and commitments. Everything is keyed or salted: the hash of an address alone is no pseudonym, for there are
// only 2^32 of them (RFC 6973 section 6.1.1, RFC 8932 appendix B).

/** Bytes of an epoch's key and of a salt. */
export const EPOCH_KEY_BYTES = 32;
export const SALT_BYTES = 16;

const BLOCK = 64;

/** HMAC-SHA-256 (RFC 2104) over the hash given. */
export function hmacSha256(key: Uint8Array, message: Uint8Array, hash: Hash = sha256): Uint8Array {
  const block = new Uint8Array(BLOCK);
  block.set(key.length > BLOCK ? hash(key) : key);
  const inner = hash(concatBytes([block.map((byte) => byte ^ 0x36), message]));
  return hash(concatBytes([block.map((byte) => byte ^ 0x5c), inner]));
}

/** What an `epoch` entry says of a key before it is used: SHA-256("demarc/epoch/v1" || 0x00 || key), in hex. */
export function epochCommitment(key: Uint8Array, hash: Hash = sha256): string {
  return toHex(hash(concatBytes([utf8("demarc/epoch/v1\0"), key])));
}

/**
 * The pseudonym of a client within an epoch: the first 16 bytes of HMAC-SHA-256(key, "demarc/client/v1" || 0x00 ||
 * address), in hex. The same client has another one in every epoch, and none once the key is gone.
 */
export function clientPseudonym(key: Uint8Array, address: Uint8Array, hash: Hash = sha256): string {
  return toHex(hmacSha256(key, concatBytes([utf8("demarc/client/v1\0"), address]), hash).subarray(0, 16));
}

/** A commitment to a text: SHA-256(salt || text in UTF-8), in hex. The salt is 16 random bytes, used once. */
export function commitTo(salt: Uint8Array, value: string, hash: Hash = sha256): string {
  return toHex(hash(concatBytes([salt, utf8(value)])));
}

/** What opens a commitment; kept apart from the log. */
export interface Opening {
  readonly salt: Uint8Array;
  readonly value: string;
}

/** True when the opening is that of this commitment. */
export function verifyOpening(commitment: string, opening: Opening, hash: Hash = sha256): boolean {
  if (opening.salt.length !== SALT_BYTES) return false;
  return equalBytes(utf8(commitTo(opening.salt, opening.value, hash)), utf8(commitment));
}
