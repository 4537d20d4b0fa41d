import { fromBase64, parseDecimal, toBase64 } from "./bytes.ts";
import { type Checkpoint, parseSignedCheckpoint, verifyCheckpoint } from "./checkpoint.ts";
import { HASH_LENGTH, type Hash, leafHash, sha256 } from "./hash.ts";
import type { VerifierKey } from "./key.ts";
import { verifyInclusion } from "./proof.ts";
import { type AuditResult, refuse, succeed } from "./result.ts";

const HEADER = "c2sp.org/tlog-proof@v1";

/**
 * An offline proof that an entry is in a log (C2SP tlog-proof).
 *
 *   extra       opaque bytes, not authenticated by anything; absent when the file has no such line
 *   index       0-based position of the entry
 *   path        inclusion proof, from the leaf's sibling up
 *   checkpoint  the signed checkpoint, verbatim
 */
export interface TlogProof {
  readonly extra?: Uint8Array | undefined;
  readonly index: number;
  readonly path: readonly Uint8Array[];
  readonly checkpoint: string;
}

/** Writes a proof file. */
export function formatTlogProof(proof: TlogProof): string {
  const extra = proof.extra === undefined ? [] : [`extra ${toBase64(proof.extra)}`];
  const lines = [HEADER, ...extra, `index ${proof.index}`, ...proof.path.map(toBase64)];
  return `${lines.join("\n")}\n\n${proof.checkpoint}`;
}

const fail = (what: string): AuditResult<never> => refuse("audit/proof-malformed", what);

/**
 * Reads a proof file without verifying it.
 *
 * Errors: `audit/proof-malformed`; those of `parseSignedCheckpoint`.
 */
export function parseTlogProof(text: string): AuditResult<TlogProof> {
  const split = text.indexOf("\n\n");
  if (split < 0) return fail("no blank line before the checkpoint");
  const [header, ...lines] = text.slice(0, split).split("\n");
  if (header !== HEADER) return fail(`the first line is not \`${HEADER}\``);
  let extra: Uint8Array | null | undefined;
  if (lines[0]?.startsWith("extra ")) extra = fromBase64((lines.shift() as string).slice("extra ".length));
  if (extra === null) return fail("extra data is not canonical base64");
  const indexLine = lines.shift();
  const index = indexLine?.startsWith("index ") ? parseDecimal(indexLine.slice("index ".length)) : null;
  if (index === null) return fail("no canonical `index` line");
  const path: Uint8Array[] = [];
  for (const line of lines) {
    const hash = fromBase64(line);
    if (hash === null || hash.length !== HASH_LENGTH) return fail(`\`${line.slice(0, 60)}\` is not a hash`);
    path.push(hash);
  }
  const checkpoint = text.slice(split + 2);
  const signed = parseSignedCheckpoint(checkpoint);
  if (!signed.ok) return signed;
  const proof: TlogProof = { ...(extra === undefined ? {} : { extra }), index, path, checkpoint };
  return formatTlogProof(proof) === text ? succeed(proof) : fail("proof is not in canonical form");
}

/** A proof whose path leads from the entry to the root that its checkpoint states; who signed that is not checked. */
export interface ProvenEntry {
  readonly proof: TlogProof;
  readonly checkpoint: Checkpoint;
}

/**
 * Checks that a proof leads from `entry` to the root of its checkpoint. Signatures are not looked at.
 *
 * Errors: those of `parseTlogProof`; `audit/proof-invalid`.
 */
export function provenBy(text: string, entry: Uint8Array, hash: Hash = sha256): AuditResult<ProvenEntry> {
  const proof = parseTlogProof(text);
  if (!proof.ok) return proof;
  const signed = parseSignedCheckpoint(proof.value.checkpoint);
  if (!signed.ok) return signed;
  const { checkpoint } = signed.value;
  const { size, root } = checkpoint;
  const claim = { index: proof.value.index, size, root, leaf: leafHash(entry, hash) };
  return verifyInclusion(claim, proof.value.path, hash)
    ? succeed({ proof: proof.value, checkpoint })
    : refuse("audit/proof-invalid", `the proof does not show this entry at index ${claim.index} of ${size}`);
}

/**
 * Verifies that `entry` is in the log of `key`, and gives the checkpoint that it is proven against.
 *
 * Errors: those of `parseTlogProof` and `verifyCheckpoint`; `audit/proof-invalid` when the path does not lead
 * from this entry to the signed root.
 */
export async function verifyTlogProof(
  text: string,
  entry: Uint8Array,
  key: VerifierKey,
  hash: Hash = sha256,
): Promise<AuditResult<Checkpoint>> {
  const proof = parseTlogProof(text);
  if (!proof.ok) return proof;
  const signed = await verifyCheckpoint(proof.value.checkpoint, key);
  if (!signed.ok) return signed;
  const proven = provenBy(text, entry, hash);
  return proven.ok ? succeed(signed.value.checkpoint) : proven;
}
