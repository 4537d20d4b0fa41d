import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import type { Checkpoint } from "../checkpoint.ts";
import { cosignatureLine, cosignedMessage, type SignatureCheck } from "../cosignature.ts";
import { type CosignerKey, cosignerKey, formatCosignerKey } from "../cosigner-key.ts";
import type { NoteSignature } from "../note.ts";
import { nodeSha256 } from "./node-hash.ts";

// PKCS #8 of a 32-byte ML-DSA-44 seed, and SPKI of its 1,312 public bytes (RFC 9881): what follows these bytes.
const SEED_PREFIX = Buffer.from("3034020100300b060960864801650304031104228020", "hex");
const PUBLIC_PREFIX = Buffer.from("30820532300b06096086480165030403110382052100", "hex");

/** A second signature of a log: an ML-DSA-44 cosignature under the log's own name (C2SP tlog-checkpoint). */
export interface SecondSigner {
  /** `name+hash+base64`, type 0x06: publish it. */
  readonly verifierKey: string;
  /** The signature line of a checkpoint; `timestamp` is in seconds since 1970. */
  readonly sign: (checkpoint: Checkpoint, timestamp: number) => NoteSignature | null;
}

function privateKey(seed: Uint8Array): KeyObject | null {
  try {
    return createPrivateKey({ key: Buffer.concat([SEED_PREFIX, seed]), format: "der", type: "pkcs8" });
  } catch {
    return null;
  }
}

/** True when the OpenSSL of this Node has ML-DSA-44. */
export function hasMlDsa44(): boolean {
  return privateKey(new Uint8Array(32)) !== null;
}

/** The second signer of a 32-byte seed; null where this Node has not ML-DSA-44. */
export function mlDsaSigner(name: string, seed: Uint8Array): SecondSigner | null {
  const secret = privateKey(seed);
  if (secret === null) return null;
  const spki = createPublicKey(secret).export({ format: "der", type: "spki" });
  const key: CosignerKey = cosignerKey(
    "ml-dsa-44",
    name,
    new Uint8Array(spki.subarray(PUBLIC_PREFIX.length)),
    nodeSha256,
  );
  return {
    verifierKey: formatCosignerKey(key),
    sign: (checkpoint, timestamp) => {
      const message = cosignedMessage(name, timestamp, checkpoint);
      return message === null ? null : cosignatureLine(key, timestamp, sign(null, message, secret));
    },
  };
}

/** ML-DSA-44 by OpenSSL, for `verifyCosignatures`; null where this Node has it not. */
export const nodeVerifyMlDsa44: SignatureCheck = async (publicKey, signature, message) => {
  if (publicKey.length !== 1312 || signature.length !== 2420) return false;
  try {
    const der = Buffer.concat([PUBLIC_PREFIX, publicKey]);
    const key = createPublicKey({ key: der, format: "der", type: "spki" });
    return verify(null, message, key, signature);
  } catch {
    return null;
  }
};
