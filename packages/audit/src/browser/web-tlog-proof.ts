import type { Checkpoint } from "../checkpoint.ts";
import { type AuditResult, refuse, succeed } from "../result.ts";
import { parseTlogProof } from "../tlog-proof.ts";
import { leafHash } from "./web-hash.ts";
import { verifySignedCheckpoint } from "./web-key.ts";
import { verifyInclusion } from "./web-proof.ts";

/**
 * Verifies a proof file (C2SP tlog-proof): `entry` is in the log of `verifierKey`. Gives the checkpoint that it is proven
 * against.
 *
 * Errors: those of `verifySignedCheckpoint`; `audit/proof-malformed`, `audit/proof-invalid`.
 */
export async function verifyTlogProof(
  text: string,
  entry: Uint8Array,
  verifierKey: string,
): Promise<AuditResult<Checkpoint>> {
  const proof = parseTlogProof(text);
  if (!proof.ok) return proof;
  const signed = await verifySignedCheckpoint(proof.value.checkpoint, verifierKey);
  if (!signed.ok) return signed;
  const { size, root } = signed.value.checkpoint;
  const { index, path } = proof.value;
  return (await verifyInclusion({ index, size, root, leaf: await leafHash(entry) }, path))
    ? succeed(signed.value.checkpoint)
    : refuse("audit/proof-invalid", `the proof does not show this entry at index ${index} of ${size}`);
}
