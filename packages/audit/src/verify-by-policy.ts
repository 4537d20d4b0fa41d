import { parseSignedCheckpoint, type SignedCheckpoint } from "./checkpoint.ts";
import { type Cosignature, type SignatureCheck, verifyCosignatures } from "./cosignature.ts";
import type { CosignerKey } from "./cosigner-key.ts";
import { verifyNote } from "./ed25519.ts";
import type { Hash } from "./hash.ts";
import type { VerifierKey } from "./key.ts";
import { type AuditResult, refuse, succeed } from "./result.ts";
import { isQuorum, type TlogPolicy } from "./tlog-policy.ts";
import { type ProvenEntry, provenBy } from "./tlog-proof.ts";

/** A checkpoint that a policy accepts, and the witnesses of the policy that cosigned it. */
export interface WitnessedCheckpoint extends SignedCheckpoint {
  readonly cosignatures: readonly Cosignature[];
}

/** How to verify: signature and hash functions of the runtime, where they are not the portable ones. */
export interface PolicyCheckOptions {
  readonly mlDsa44?: SignatureCheck | undefined;
  readonly hash?: Hash | undefined;
}

const isCosigner = (key: VerifierKey | CosignerKey): key is CosignerKey => "algorithm" in key;

/**
 * Reads a signed checkpoint and checks it against a policy: it is signed by a log of the policy whose key's name is the
 * origin, and cosigned by its quorum. Signatures by keys that the policy does not name are ignored.
 *
 * Errors: those of `parseSignedCheckpoint`; `audit/checkpoint-origin` when no log of the policy has this origin,
 * `audit/note-unsigned`, `audit/note-signature` (one bad signature by a known key), `audit/quorum`.
 */
export async function verifyCheckpointByPolicy(
  text: string,
  policy: TlogPolicy,
  options: PolicyCheckOptions = {},
): Promise<AuditResult<WitnessedCheckpoint>> {
  const signed = parseSignedCheckpoint(text);
  if (!signed.ok) return signed;
  const { note, checkpoint } = signed.value;
  const logs = policy.logs.map(({ key }) => key).filter((key) => key.name === checkpoint.origin);
  if (logs.length === 0)
    return refuse("audit/checkpoint-origin", `the policy names no log \`${checkpoint.origin}\``);
  const plain = logs.filter((key) => !isCosigner(key));
  const cosigning = logs.filter(isCosigner);
  const direct = plain.length === 0 ? null : await verifyNote(note, plain);
  if (direct !== null && !direct.ok && direct.issue.code !== "audit/note-unsigned") return direct;
  const byLog = await verifyCosignatures(note, cosigning, options.mlDsa44);
  if (!byLog.ok) return byLog;
  if (direct?.ok !== true && byLog.value.length === 0)
    return refuse("audit/note-unsigned", `no signature by a log of the policy for \`${checkpoint.origin}\``);
  const witnesses = await verifyCosignatures(
    note,
    policy.witnesses.map(({ key }) => key),
    options.mlDsa44,
  );
  if (!witnesses.ok) return witnesses;
  const cosignatures = witnesses.value;
  const names = new Set(
    policy.witnesses
      .filter(({ key }) => cosignatures.some((each) => each.key === key))
      .map(({ name }) => name),
  );
  return isQuorum(policy, names)
    ? succeed({ ...signed.value, cosignatures })
    : refuse(
        "audit/quorum",
        `cosigned by ${names.size} of the policy's ${policy.witnesses.length} witnesses; that is no quorum`,
      );
}

/**
 * Verifies a proof file against a policy (C2SP tlog-proof, "Verifying a tlog proof").
 *
 * Errors: those of `parseTlogProof` and `verifyCheckpointByPolicy`; `audit/proof-invalid`.
 */
export async function verifyProofByPolicy(
  text: string,
  entry: Uint8Array,
  policy: TlogPolicy,
  options: PolicyCheckOptions = {},
): Promise<AuditResult<WitnessedCheckpoint>> {
  const proven: AuditResult<ProvenEntry> = provenBy(text, entry, options.hash);
  if (!proven.ok) return proven;
  return verifyCheckpointByPolicy(proven.value.proof.checkpoint, policy, options);
}
