import { equalBytes, fromBase64, toBase64 } from "./bytes.ts";
import { type Checkpoint, parseSignedCheckpoint, verifyCheckpoint } from "./checkpoint.ts";
import { HASH_LENGTH, type Hash, sha256 } from "./hash.ts";
import type { VerifierKey } from "./key.ts";
import { verifyConsistency } from "./proof.ts";
import { type AuditResult, refuse, succeed } from "./result.ts";
import { parseTlogProof, verifyTlogProof } from "./tlog-proof.ts";
import { MAX_PROOF_LINES } from "./witness-protocol.ts";

/**
 * What a longer tree begins with: the root of its first entries, as many as the other side's checkpoint has, and the proof
 * that it does (RFC 9162 section 2.1.4), all base64.
 */
export interface ForkPrefix {
  readonly root: string;
  readonly proof: readonly string[];
}

/** One of two histories: its signed checkpoint and, where an entry tells them apart, that entry with its proof. */
export interface ForkSide {
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
  /** A tlog-proof of the entry against this checkpoint. */
  readonly proof?: string | undefined;
  /** The entry's bytes, base64. */
  readonly entry?: string | undefined;
  readonly prefix?: ForkPrefix | undefined;
}

/**
 * Two statements by one log that can not both be true; a file that anyone can check with the log's key alone.
 *
 * Either both checkpoints have one size and two roots, or each side proves another entry at the same `index`, or the longer
 * side proves that it begins with another tree than the shorter one's.
 */
export interface ForkEvidence {
  readonly v: 1;
  readonly kind: "fork";
  readonly origin: string;
  /** First entry that differs, where it is known; null when only the roots tell. */
  readonly index: number | null;
  readonly sides: readonly [ForkSide, ForkSide];
}

/** The side with the longer tree, which begins with `root`. */
export function forkPrefix(checkpoint: string, root: Uint8Array, proof: readonly Uint8Array[]): ForkSide {
  return { checkpoint, prefix: { root: toBase64(root), proof: proof.map(toBase64) } };
}

/** A side with an entry and its proof. */
export function forkSide(checkpoint: string, proof: string, entry: Uint8Array): ForkSide {
  return { checkpoint, proof, entry: toBase64(entry) };
}

/** Writes evidence as a JSON file. */
export function formatForkEvidence(evidence: ForkEvidence): string {
  return `${JSON.stringify(evidence, null, 2)}\n`;
}

const malformed = (what: string): AuditResult<never> => refuse("audit/evidence-malformed", what);
const isText = (value: unknown): value is string | undefined =>
  value === undefined || typeof value === "string";

function isPrefix(value: unknown): boolean {
  if (value === undefined) return true;
  const { root, proof } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof root === "string" &&
    Array.isArray(proof) &&
    proof.length <= MAX_PROOF_LINES &&
    proof.every((each) => typeof each === "string")
  );
}

/** Reads an evidence file without checking what it claims. Errors: `audit/evidence-malformed`. */
export function parseForkEvidence(text: string): AuditResult<ForkEvidence> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return malformed("the evidence is not JSON");
  }
  if (typeof value !== "object" || value === null) return malformed("the evidence is not an object");
  const { v, kind, origin, index, sides } = value as Record<string, unknown>;
  if (v !== 1 || kind !== "fork") return malformed("the evidence is not of kind `fork`, version 1");
  if (typeof origin !== "string") return malformed("the evidence has no `origin`");
  if (index !== null && !Number.isSafeInteger(index)) return malformed("`index` is no position");
  if (!Array.isArray(sides) || sides.length !== 2) return malformed("the evidence has not two sides");
  for (const side of sides as Partial<ForkSide>[])
    if (
      typeof side?.checkpoint !== "string" ||
      !isText(side.proof) ||
      !isText(side.entry) ||
      !isPrefix(side.prefix)
    )
      return malformed("a side is no checkpoint with proof and entry, or with a prefix");
  return succeed(value as ForkEvidence);
}

/**
 * Checks evidence: that the holder of the key signed two histories. Gives the first entry that is known to differ, or null.
 *
 * Errors: `audit/evidence-malformed`, `audit/evidence-invalid` (it proves nothing), those of `verifyCheckpoint`.
 */
export async function verifyForkEvidence(
  evidence: ForkEvidence,
  key: VerifierKey,
  hash: Hash = sha256,
): Promise<AuditResult<{ readonly index: number | null }>> {
  const [left, right] = evidence.sides;
  const a = await verifyCheckpoint(left.checkpoint, key);
  if (!a.ok) return a;
  const b = await verifyCheckpoint(right.checkpoint, key);
  if (!b.ok) return b;
  const [first, second] = [a.value.checkpoint, b.value.checkpoint];
  const isOneSize = first.size === second.size && !equalBytes(first.root, second.root);
  const entries = await Promise.all(evidence.sides.map((side) => provenEntry(side, key, hash)));
  const [one, other] = entries;
  if (one?.ok === true && other?.ok === true) {
    const isProven = one.value.index === other.value.index && !equalBytes(one.value.entry, other.value.entry);
    if (isProven) return succeed({ index: one.value.index });
  }
  if (isOneSize) return succeed({ index: null });
  if (isOtherPrefix(first, right.prefix, second, hash) || isOtherPrefix(second, left.prefix, first, hash))
    return succeed({ index: null });
  return refuse(
    "audit/evidence-invalid",
    "neither two roots of one size, nor two entries at one index, nor another beginning are proven",
  );
}

function isOtherPrefix(
  short: Checkpoint,
  prefix: ForkPrefix | undefined,
  long: Checkpoint,
  hash: Hash,
): boolean {
  if (prefix === undefined || short.size === 0 || short.size >= long.size) return false;
  const hashes = [prefix.root, ...prefix.proof].map(fromBase64);
  const [oldRoot, ...proof] = hashes.filter((each) => each?.length === HASH_LENGTH) as Uint8Array[];
  if (oldRoot === undefined || proof.length < prefix.proof.length || equalBytes(oldRoot, short.root))
    return false;
  const claim = { oldSize: short.size, oldRoot, newSize: long.size, newRoot: long.root };
  return verifyConsistency(claim, proof, hash);
}

async function provenEntry(
  side: ForkSide,
  key: VerifierKey,
  hash: Hash,
): Promise<AuditResult<{ readonly index: number; readonly entry: Uint8Array }>> {
  const entry = side.entry === undefined ? null : fromBase64(side.entry);
  if (entry === null || side.proof === undefined) return malformed("no entry with a proof");
  const proven = await verifyTlogProof(side.proof, entry, key, hash);
  if (!proven.ok) return proven;
  const proof = parseTlogProof(side.proof);
  if (!proof.ok) return proof;
  const signed = parseSignedCheckpoint(side.checkpoint);
  if (!signed.ok) return signed;
  // The proof has to be against the very tree of the side.
  const { size, root } = signed.value.checkpoint;
  return proven.value.size === size && equalBytes(proven.value.root, root)
    ? succeed({ index: proof.value.index, entry })
    : refuse("audit/evidence-invalid", "a proof is against another checkpoint than its side's");
}
