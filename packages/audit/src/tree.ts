import { emptyRoot, type Hash, nodeHash, sha256 } from "./hash.ts";

// Indices and sizes run to 2^53 - 1, so all arithmetic here divides and multiplies: JavaScript's shifts
// stop at 32 bits.

/**
 * A perfect subtree: level 0 is a leaf hash, level h covers 2^h leaves starting at `index * 2^h`.
 */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
}

/** Leaves `from` (included) to `to` (not included). */
export interface LeafRange {
  readonly from: number;
  readonly to: number;
}

/** Fetches the hashes of perfect subtrees, in the order asked for. */
export type NodeReader = (nodes: readonly TreeNode[]) => Promise<readonly Uint8Array[]>;

/** The largest power of two smaller than `count`; `count` is at least 2 (RFC 6962 section 2.1). */
export function splitPoint(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

/** The perfect subtrees that make up a range that a proof speaks of, from left to right. */
export function rangeNodes(range: LeafRange): TreeNode[] {
  const nodes: TreeNode[] = [];
  let from = range.from;
  while (from < range.to) {
    let level = 0;
    let span = 1;
    while (span * 2 <= range.to - from && from % (span * 2) === 0) {
      span *= 2;
      level += 1;
    }
    nodes.push({ level, index: from / span });
    from += span;
  }
  return nodes;
}

/** Hash of a range from the hashes of its perfect subtrees. At least one is needed. */
export function foldRange(hashes: readonly Uint8Array[], hash: Hash = sha256): Uint8Array {
  if (hashes.length === 0) return emptyRoot(hash);
  return hashes.reduceRight((right, left) => nodeHash(left, right, hash));
}

/** Root of the tree over these leaf hashes: MTH of RFC 6962 section 2.1. */
export function treeRoot(leafHashes: readonly Uint8Array[], hash: Hash = sha256): Uint8Array {
  if (leafHashes.length === 0) return emptyRoot(hash);
  let row = leafHashes;
  // An odd last hash moves up unchanged: this is the same tree as RFC 6962's recursive split.
  while (row.length > 1) {
    const next: Uint8Array[] = [];
    for (let at = 0; at < row.length; at += 2) {
      const left = row[at] as Uint8Array;
      const right = row[at + 1];
      next.push(right === undefined ? left : nodeHash(left, right, hash));
    }
    row = next;
  }
  return row[0] as Uint8Array;
}

/** Reads the hash of several ranges in one request to the reader. */
export async function readRanges(
  ranges: readonly LeafRange[],
  read: NodeReader,
  hash: Hash = sha256,
): Promise<Uint8Array[]> {
  const groups = ranges.map(rangeNodes);
  const hashes = await read(groups.flat());
  let at = 0;
  return groups.map((group) => {
    const part = hashes.slice(at, at + group.length);
    at += group.length;
    return foldRange(part, hash);
  });
}
