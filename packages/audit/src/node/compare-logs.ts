import { equalBytes } from "../bytes.ts";
import { type Checkpoint, verifyCheckpoint } from "../checkpoint.ts";
import { type ForkEvidence, forkSide, verifyForkEvidence } from "../fork-evidence.ts";
import { HASH_LENGTH } from "../hash.ts";
import type { VerifierKey } from "../key.ts";
import { consistencyProof, inclusionProof, verifyConsistency } from "../proof.ts";
import { levelLength, TILE_WIDTH, tileWidth } from "../tile.ts";
import { formatTlogProof } from "../tlog-proof.ts";
import { AuditError } from "./audit-error.ts";
import type { LogReader } from "./log-reader.ts";
import { nodeSha256 } from "./node-hash.ts";

/**
 * How two logs relate. `common` counts the entries that both begin with.
 *
 *   same     one size, one root
 *   extends  the longer one begins with all of the shorter one; proven by its tiles
 *   fork     both are signed, and entry `common` is not the same; `evidence` proves it to anyone
 */
export type LogComparison =
  | { readonly relation: "same"; readonly common: number }
  | { readonly relation: "extends"; readonly common: number; readonly longer: 0 | 1; readonly added: number }
  | { readonly relation: "fork"; readonly common: number; readonly evidence: ForkEvidence };

type Signed = { readonly checkpoint: Checkpoint; readonly text: string };

async function verified(reader: LogReader, key: VerifierKey): Promise<Signed> {
  const { text } = await reader.checkpoint();
  const signed = await verifyCheckpoint(text, key);
  if (!signed.ok)
    throw new AuditError(signed.issue.code, `${reader.directory}: ${signed.issue.message}`, {
      help: "a log that its key did not sign can not be compared",
    });
  return { checkpoint: signed.value.checkpoint, text };
}

const hashAt = (tile: Uint8Array, position: number): Uint8Array => {
  const offset = (position % TILE_WIDTH) * HASH_LENGTH;
  return tile.subarray(offset, offset + HASH_LENGTH);
};

/**
 * Entries that both trees begin with, at most `limit`, told by their tiles: from the highest level down, the first
 * subtree that differs is entered. Reads some hundred hashes a level, whatever the size.
 */
async function commonLength(
  readers: readonly [LogReader, LogReader],
  sizes: readonly [number, number],
): Promise<number> {
  const limit = Math.min(...sizes);
  let levels = 0;
  while (levelLength(levels + 1, limit) > 0) levels += 1;
  let common = 0;
  for (let level = levels; level >= 0; level -= 1) {
    const span = TILE_WIDTH ** level;
    let position = common / span;
    while (position < levelLength(level, limit)) {
      const index = Math.floor(position / TILE_WIDTH);
      const [a, b] = await Promise.all(
        readers.map((reader, side) =>
          reader.tile({ level, index, width: tileWidth(level, index, sizes[side] as number) }),
        ),
      );
      const end = Math.min((index + 1) * TILE_WIDTH, levelLength(level, limit));
      const start = position;
      while (
        position < end &&
        equalBytes(hashAt(a as Uint8Array, position), hashAt(b as Uint8Array, position))
      )
        position += 1;
      if (position < end || position === start) break;
    }
    common = position * span;
  }
  return common;
}

async function sideOf(reader: LogReader, { checkpoint, text }: Signed, index: number) {
  const path = await inclusionProof(index, checkpoint.size, reader.nodes(checkpoint.size), nodeSha256);
  if (!path.ok) throw new AuditError(path.issue.code, path.issue.message);
  const entries = await reader.bundle(Math.floor(index / TILE_WIDTH), checkpoint.size);
  const proof = formatTlogProof({ index, path: path.value, checkpoint: text });
  return forkSide(text, proof, entries[index % TILE_WIDTH] as Uint8Array);
}

/**
 * Compares two copies of a log under its key. What is said holds for the signed trees: where tiles are damaged, it rejects
 * with `audit/log-corrupt` instead of calling it a fork.
 *
 * Errors: those of `verifyCheckpoint` (not signed by the key) and of the readers; `audit/log-corrupt`.
 */
export async function compareLogs(
  left: LogReader,
  right: LogReader,
  key: VerifierKey,
): Promise<LogComparison> {
  const signed = [await verified(left, key), await verified(right, key)] as const;
  const [a, b] = [signed[0].checkpoint, signed[1].checkpoint];
  if (a.size === b.size && equalBytes(a.root, b.root)) return { relation: "same", common: a.size };
  const longer = b.size >= a.size ? 1 : 0;
  const [older, newer] = longer === 1 ? [a, b] : [b, a];
  const reader = longer === 1 ? right : left;
  if (older.size === 0) return { relation: "extends", common: 0, longer, added: newer.size };
  if (older.size < newer.size) {
    const proof = await consistencyProof(older.size, newer.size, reader.nodes(newer.size), nodeSha256);
    const claim = { oldSize: older.size, oldRoot: older.root, newSize: newer.size, newRoot: newer.root };
    if (proof.ok && verifyConsistency(claim, proof.value, nodeSha256))
      return { relation: "extends", common: older.size, longer, added: newer.size - older.size };
  }
  const common = await commonLength([left, right], [a.size, b.size]);
  if (common >= older.size)
    throw new AuditError("audit/log-corrupt", "the tiles of both logs agree, but not with what was signed", {
      help: "run `demarc audit verify` on both",
    });
  const sides = [await sideOf(left, signed[0], common), await sideOf(right, signed[1], common)] as const;
  const evidence: ForkEvidence = { v: 1, kind: "fork", origin: a.origin, index: common, sides };
  // What would not convince anybody else is not called a fork.
  const proven = await verifyForkEvidence(evidence, key, nodeSha256);
  if (!proven.ok)
    throw new AuditError(
      "audit/log-corrupt",
      `the logs differ at entry ${common}, but not by what was signed`,
      {
        help: "run `demarc audit verify` on both",
      },
    );
  return { relation: "fork", common, evidence };
}
