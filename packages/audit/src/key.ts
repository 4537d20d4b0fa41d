import { concatBytes, fromBase64, toBase64, utf8 } from "./bytes.ts";
import { type Hash, sha256 } from "./hash.ts";
import { isKeyName } from "./note.ts";
import { type AuditResult, refuse, succeed } from "./result.ts";

/** The note signature type of plain Ed25519 (C2SP signed-note, "Signature types"). */
export const ED25519_TYPE = 1;

/** An Ed25519 key that verifies notes: its name, 4-byte id as an unsigned number, 32 public bytes. */
export interface VerifierKey {
  readonly name: string;
  readonly keyId: number;
  readonly publicKey: Uint8Array;
}

/** An Ed25519 key that signs notes. `seed` is secret. */
export interface SignerKey {
  readonly name: string;
  readonly keyId: number;
  readonly seed: Uint8Array;
}

/** Key id: first four bytes, big-endian, of SHA-256(name || newline || type || public key). */
export function noteKeyId(name: string, publicKey: Uint8Array, hash: Hash = sha256): number {
  const digest = hash(concatBytes([utf8(`${name}\n`), Uint8Array.of(ED25519_TYPE), publicKey]));
  return new DataView(digest.buffer, digest.byteOffset).getUint32(0);
}

const hexId = (keyId: number): string => keyId.toString(16).padStart(8, "0");
const typed = (bytes: Uint8Array): string => toBase64(concatBytes([Uint8Array.of(ED25519_TYPE), bytes]));

/** Writes a verifier key: `name+hash+base64`. */
export function formatVerifierKey(key: VerifierKey): string {
  return `${key.name}+${hexId(key.keyId)}+${typed(key.publicKey)}`;
}

/** Writes a signer key in the form of Go's note package: `PRIVATE+KEY+name+hash+base64`. Secret. */
export function formatSignerKey(key: SignerKey): string {
  return `PRIVATE+KEY+${key.name}+${hexId(key.keyId)}+${typed(key.seed)}`;
}

interface KeyParts {
  readonly name: string;
  readonly keyId: number;
  readonly bytes: Uint8Array;
}

/** The parts of a signer or verifier key; the id is not checked. */
export function keyParts(text: string): KeyParts | null {
  // The base64 part may hold plus signs of its own, so only the first two split.
  const form = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text);
  if (form === null) return null;
  const [, name = "", id = "", encoded = ""] = form;
  const bytes = fromBase64(encoded);
  if (!isKeyName(name) || bytes === null || bytes.length !== 33 || bytes[0] !== ED25519_TYPE) return null;
  return { name, keyId: Number.parseInt(id, 16), bytes: bytes.slice(1) };
}

/**
 * Reads a verifier key `name+hash+base64` (C2SP signed-note, "Verifier keys"). Ed25519 only.
 *
 * Errors: `audit/key-malformed`, also when the id does not belong to name and key.
 */
export function parseVerifierKey(text: string): AuditResult<VerifierKey> {
  const parts = keyParts(text);
  if (parts === null) {
    return refuse(
      "audit/key-malformed",
      "not an Ed25519 verifier key",
      "the form is `name+8 hex digits+base64`",
    );
  }
  const { name, keyId, bytes } = parts;
  if (noteKeyId(name, bytes) !== keyId) {
    return refuse("audit/key-malformed", `key id ${hexId(keyId)} does not belong to this name and key`);
  }
  return succeed({ name, keyId, publicKey: bytes });
}

/**
 * Reads a signer key `PRIVATE+KEY+name+hash+base64`. The id is checked by whoever derives the public key.
 *
 * Errors: `audit/key-malformed`; the message never quotes the text.
 */
export function parseSignerKey(text: string): AuditResult<SignerKey> {
  const parts = text.startsWith("PRIVATE+KEY+") ? keyParts(text.slice("PRIVATE+KEY+".length)) : null;
  if (parts === null) return refuse("audit/key-malformed", "not an Ed25519 signer key of the note format");
  return succeed({ name: parts.name, keyId: parts.keyId, seed: parts.bytes });
}
