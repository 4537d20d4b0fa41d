import { concatBytes, fromBase64, toBase64, utf8 } from "./bytes.ts";
import { type Hash, sha256 } from "./hash.ts";
import { isKeyName } from "./note.ts";
import { type AuditResult, refuse, succeed } from "./result.ts";

/** The note signature types of cosignatures (C2SP signed-note, "Signature types"). */
export const COSIGNATURE_TYPES = { ed25519: 4, "ml-dsa-44": 6 } as const;

/** How a cosigner signs; a key has one algorithm. */
export type CosignerAlgorithm = keyof typeof COSIGNATURE_TYPES;

/** Bytes of a public key and of a signature (RFC 8032 section 5.1; FIPS 204 table 2). */
export const COSIGNER_LENGTHS: Readonly<
  Record<CosignerAlgorithm, { readonly publicKey: number; readonly signature: number }>
> = {
  ed25519: { publicKey: 32, signature: 64 },
  "ml-dsa-44": { publicKey: 1312, signature: 2420 },
};

/** A key that verifies cosignatures (C2SP tlog-cosignature): its name, 4-byte id as an unsigned number, public bytes. */
export interface CosignerKey {
  readonly algorithm: CosignerAlgorithm;
  readonly name: string;
  readonly keyId: number;
  readonly publicKey: Uint8Array;
}

/** The key of a cosigner: its id is SHA-256(name || newline || type || public key), first four bytes, big-endian. */
export function cosignerKey(
  algorithm: CosignerAlgorithm,
  name: string,
  publicKey: Uint8Array,
  hash: Hash = sha256,
): CosignerKey {
  const type = Uint8Array.of(COSIGNATURE_TYPES[algorithm]);
  const digest = hash(concatBytes([utf8(`${name}\n`), type, publicKey]));
  return {
    algorithm,
    name,
    keyId: new DataView(digest.buffer, digest.byteOffset).getUint32(0),
    publicKey,
  };
}

/** Writes a cosigner's verifier key: `name+hash+base64`. */
export function formatCosignerKey(key: CosignerKey): string {
  const typed = concatBytes([Uint8Array.of(COSIGNATURE_TYPES[key.algorithm]), key.publicKey]);
  return `${key.name}+${key.keyId.toString(16).padStart(8, "0")}+${toBase64(typed)}`;
}

/**
 * Reads a cosigner's verifier key of type 0x04 (Ed25519) or 0x06 (ML-DSA-44).
 *
 * Errors: `audit/key-malformed`, also when the id does not belong to name and key.
 */
export function parseCosignerKey(text: string): AuditResult<CosignerKey> {
  const form = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text);
  const [, name = "", id = "", encoded = ""] = form ?? [];
  const bytes = fromBase64(encoded);
  const algorithm = (["ed25519", "ml-dsa-44"] as const).find(
    (each) => bytes?.[0] === COSIGNATURE_TYPES[each] && bytes.length === 1 + COSIGNER_LENGTHS[each].publicKey,
  );
  if (!isKeyName(name) || bytes === null || algorithm === undefined) {
    return refuse(
      "audit/key-malformed",
      "not a cosigner's verifier key",
      "the form is `name+8 hex digits+base64`, of type 0x04 (Ed25519) or 0x06 (ML-DSA-44)",
    );
  }
  const key = cosignerKey(algorithm, name, bytes.slice(1));
  return key.keyId === Number.parseInt(id, 16)
    ? succeed(key)
    : refuse("audit/key-malformed", `key id ${id} does not belong to this name and key`);
}
