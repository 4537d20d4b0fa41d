import { concatBytes, utf8 } from "./bytes.ts";
import { noteKeyId, type SignerKey, type VerifierKey } from "./key.ts";
import { type Note, type NoteSignature, signedBytes } from "./note.ts";
import { type AuditResult, refuse, succeed } from "./result.ts";

// PKCS #8 wrapping of a 32-byte Ed25519 seed (RFC 8410 section 7): the seed follows these bytes.
const PKCS8_PREFIX = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20);

const owned = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/** A seed as PKCS #8, the form in which WebCrypto and Node take a private Ed25519 key. Secret. */
export function pkcs8OfSeed(seed: Uint8Array): Uint8Array<ArrayBuffer> {
  return owned(concatBytes([PKCS8_PREFIX, seed]));
}

/** True when the Ed25519 signature is valid (RFC 8032), by WebCrypto. */
export async function verifyEd25519(
  publicKey: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean> {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    const key = await crypto.subtle.importKey("raw", owned(publicKey), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, owned(signature), owned(message));
  } catch {
    return false;
  }
}

/** Ed25519 signature of a seed over bytes, by WebCrypto. */
export async function signEd25519(seed: Uint8Array, message: Uint8Array): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey("pkcs8", pkcs8OfSeed(seed), "Ed25519", false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("Ed25519", key, owned(message)));
}

/** Signs a note's text with an Ed25519 signer key, by WebCrypto. The text must end in a newline. */
export async function signNote(text: string, signer: SignerKey): Promise<NoteSignature> {
  const { name, keyId, seed } = signer;
  return { name, keyId, signature: await signEd25519(seed, utf8(text)) };
}

/** The verifier key of a seed and name, by WebCrypto. */
export async function verifierKeyOf(name: string, seed: Uint8Array): Promise<VerifierKey> {
  const key = await crypto.subtle.importKey("pkcs8", pkcs8OfSeed(seed), "Ed25519", true, ["sign"]);
  const { x } = await crypto.subtle.exportKey("jwk", key);
  const padded = `${(x as string).replaceAll("-", "+").replaceAll("_", "/")}=`;
  const publicKey = Uint8Array.from(atob(padded), (character) => character.charCodeAt(0));
  return { name, keyId: noteKeyId(name, publicKey), publicKey };
}

/**
 * Checks a note against known keys and gives the keys whose signatures hold, at least one.
 * Signatures by other keys are ignored; one bad signature by a known key refuses the note (C2SP signed-note).
 *
 * Errors: `audit/note-signature`, `audit/note-unsigned`.
 */
export async function verifyNote(
  note: Note,
  keys: readonly VerifierKey[],
): Promise<AuditResult<VerifierKey[]>> {
  const message = signedBytes(note);
  const good: VerifierKey[] = [];
  for (const { name, keyId, signature } of note.signatures) {
    const known = keys.find((key) => key.name === name && key.keyId === keyId);
    if (known === undefined) continue;
    if (!(await verifyEd25519(known.publicKey, signature, message))) {
      return refuse("audit/note-signature", `the signature by \`${name}\` is not valid`);
    }
    if (!good.includes(known)) good.push(known);
  }
  if (good.length === 0) {
    const names = keys.map((key) => key.name).join(", ");
    return refuse(
      "audit/note-unsigned",
      `no signature by a known key (${names})`,
      "check the verifier key given",
    );
  }
  return succeed(good);
}
