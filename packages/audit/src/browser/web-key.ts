import { concatBytes, utf8 } from "../bytes.ts";
import { type SignedCheckpoint, verifyCheckpoint } from "../checkpoint.ts";
import { ED25519_TYPE, keyParts, type VerifierKey } from "../key.ts";
import { type AuditResult, refuse, succeed } from "../result.ts";
import { webSha256 } from "./web-hash.ts";

/**
 * Reads a verifier key `name+hash+base64` (C2SP signed-note, "Verifier keys"). Ed25519 only.
 *
 * Errors: `audit/key-malformed`, also when the id does not belong to name and key.
 */
export async function parseVerifierKey(text: string): Promise<AuditResult<VerifierKey>> {
  const parts = keyParts(text);
  if (parts === null)
    return refuse(
      "audit/key-malformed",
      "not an Ed25519 verifier key",
      "the form is `name+8 hex digits+base64`",
    );
  const { name, keyId, bytes } = parts;
  const digest = await webSha256(concatBytes([utf8(`${name}\n`), Uint8Array.of(ED25519_TYPE), bytes]));
  return new DataView(digest.buffer).getUint32(0) === keyId
    ? succeed({ name, keyId, publicKey: bytes })
    : refuse("audit/key-malformed", "the key id does not belong to this name and key");
}

/**
 * What this page lacks for verifying, or null. Browsers give WebCrypto to secure contexts only, and older ones have no
 * Ed25519: neither says anything about a signature.
 */
async function hindrance(): Promise<AuditResult<never> | null> {
  if (globalThis.crypto?.subtle === undefined)
    return refuse("audit/no-webcrypto", "this page has no WebCrypto", "open it over https or from localhost");
  try {
    await crypto.subtle.importKey("raw", new Uint8Array(32), "Ed25519", false, ["verify"]);
    return null;
  } catch {
    return refuse("audit/no-ed25519", "this browser has no Ed25519", "use a newer one, or `demarc audit`");
  }
}

/**
 * Reads a signed checkpoint and checks that the log signed it. The origin must be the key's name.
 *
 * Errors: `audit/no-webcrypto`, `audit/no-ed25519` (nothing was checked), `audit/key-malformed`,
 * `audit/checkpoint-malformed`, `audit/checkpoint-size`, `audit/checkpoint-origin`, `audit/note-malformed`,
 * `audit/note-signature`, `audit/note-unsigned`.
 */
export async function verifySignedCheckpoint(
  text: string,
  verifierKey: string,
): Promise<AuditResult<SignedCheckpoint>> {
  const lacking = await hindrance();
  if (lacking !== null) return lacking;
  const key = await parseVerifierKey(verifierKey.trim());
  return key.ok ? verifyCheckpoint(text, key.value) : key;
}
