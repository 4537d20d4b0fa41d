import { concatBytes, utf8 } from "./bytes.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { COSIGNER_LENGTHS, type CosignerKey } from "./cosigner-key.ts";
import { signEd25519, verifyEd25519 } from "./ed25519.ts";
import { verifyMlDsa44 } from "./ml-dsa.ts";
import type { Note, NoteSignature } from "./note.ts";
import { type AuditResult, refuse, succeed } from "./result.ts";

/** Verifies a signature; null where the runtime has not the algorithm. Injectable, as hashes are. */
export type SignatureCheck = (
  publicKey: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
) => Promise<boolean | null>;

/** What a valid cosignature says: who, and when in seconds since 1970 (0: the cosigner does not say). */
export interface Cosignature {
  readonly key: CosignerKey;
  readonly timestamp: number;
}

function u64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

/** The bytes that an Ed25519 cosignature is over: two header lines and the note's text (tlog-cosignature). */
export function cosignedBytes(text: string, timestamp: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${timestamp}\n${text}`);
}

/**
 * The bytes that an ML-DSA-44 cosignature is over: a `cosigned_message` of the whole tree (tlog-cosignature). Null for
 * a name or origin over 255 bytes, which the form can not carry.
 */
export function cosignedMessage(
  name: string,
  timestamp: number,
  checkpoint: Pick<Checkpoint, "origin" | "size" | "root">,
): Uint8Array | null {
  const cosigner = utf8(name);
  const origin = utf8(checkpoint.origin);
  if (cosigner.length === 0 || cosigner.length > 255 || origin.length === 0 || origin.length > 255)
    return null;
  return concatBytes([
    utf8("subtree/v1\n\0"),
    Uint8Array.of(cosigner.length),
    cosigner,
    u64(timestamp),
    Uint8Array.of(origin.length),
    origin,
    u64(0),
    u64(checkpoint.size),
    checkpoint.root,
  ]);
}

/** The signature line of a cosignature: timestamp, big-endian, and signature. */
export function cosignatureLine(
  key: Pick<CosignerKey, "name" | "keyId">,
  timestamp: number,
  signature: Uint8Array,
): NoteSignature {
  return { name: key.name, keyId: key.keyId, signature: concatBytes([u64(timestamp), signature]) };
}

/** Cosigns the text of a checkpoint with an Ed25519 seed, by WebCrypto. `timestamp` is in seconds since 1970. */
export async function cosignNote(
  text: string,
  cosigner: Pick<CosignerKey, "name" | "keyId"> & { readonly seed: Uint8Array },
  timestamp: number,
): Promise<NoteSignature> {
  return cosignatureLine(
    cosigner,
    timestamp,
    await signEd25519(cosigner.seed, cosignedBytes(text, timestamp)),
  );
}

/** The timestamp of a signature's bytes; null above 2^53 - 1 or where the length is not the algorithm's. */
function timestampOf(signature: Uint8Array, key: CosignerKey): number | null {
  if (signature.length !== 8 + COSIGNER_LENGTHS[key.algorithm].signature) return null;
  const timestamp = Number(new DataView(signature.buffer, signature.byteOffset).getBigUint64(0));
  return Number.isSafeInteger(timestamp) ? timestamp : null;
}

/**
 * Checks a note's cosignatures by known keys, and gives those that hold. Signatures by other keys are ignored; those of
 * an algorithm that this runtime has not are left out; one bad signature by a known key refuses the note.
 *
 * Errors: `audit/note-signature`; those of `parseCheckpoint` where an ML-DSA-44 key is among the signers.
 */
export async function verifyCosignatures(
  note: Note,
  keys: readonly CosignerKey[],
  mlDsa44: SignatureCheck = verifyMlDsa44,
): Promise<AuditResult<Cosignature[]>> {
  const good: Cosignature[] = [];
  for (const { name, keyId, signature } of note.signatures) {
    const key = keys.find((each) => each.name === name && each.keyId === keyId);
    if (key === undefined) continue;
    const timestamp = timestampOf(signature, key);
    const holds = timestamp === null ? false : await holdsFor(note, key, timestamp, signature, mlDsa44);
    if (holds === false) return refuse("audit/note-signature", `the cosignature by \`${name}\` is not valid`);
    if (holds === true && timestamp !== null && !good.some((each) => each.key === key))
      good.push({ key, timestamp });
  }
  return succeed(good);
}

async function holdsFor(
  note: Note,
  key: CosignerKey,
  timestamp: number,
  signature: Uint8Array,
  mlDsa44: SignatureCheck,
): Promise<boolean | null> {
  const bytes = signature.subarray(8);
  if (key.algorithm === "ed25519")
    return verifyEd25519(key.publicKey, bytes, cosignedBytes(note.text, timestamp));
  const checkpoint = parseCheckpoint(note.text);
  const message = checkpoint.ok ? cosignedMessage(key.name, timestamp, checkpoint.value) : null;
  return message === null ? false : mlDsa44(key.publicKey, bytes, message);
}
