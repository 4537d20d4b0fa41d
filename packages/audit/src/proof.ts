import { equalBytes } from "./bytes.ts";
import { HASH_LENGTH, type Hash, nodeHash, sha256 } from "./hash.ts";
import { type AuditResult, refuse, succeed } from "./result.ts";
import { type LeafRange, type NodeReader, readRanges, splitPoint } from "./tree.ts";

/** Ranges whose hashes make an inclusion proof, from the leaf up. */
export function inclusionRanges(index: number, from: number, to: number): LeafRange[] {
  if (to - from <= 1) return [];
  const middle = from + splitPoint(to - from);
  return index < middle
    ? [...inclusionRanges(index, from, middle), { from: middle, to }]
    : [...inclusionRanges(index, middle, to), { from, to: middle }];
}

/** Ranges whose hashes make a consistency proof, from `size` up; `whole` while the old tree is all of what is looked at. */
export function consistencyRanges(size: number, from: number, to: number, whole: boolean): LeafRange[] {
  if (size === to - from) return whole ? [] : [{ from, to }];
  const split = splitPoint(to - from);
  const middle = from + split;
  return size <= split
    ? [...consistencyRanges(size, from, middle, whole), { from: middle, to }]
    : [...consistencyRanges(size - split, middle, to, false), { from, to: middle }];
}

/**
 * Inclusion proof of the entry at `index` in the tree of `size` entries: hashes from the leaf's sibling up
 * (RFC 6962 section 2.1.1).
 *
 * Errors: `audit/proof-range` unless 0 <= index < size. What `read` rejects with passes through.
 */
export async function inclusionProof(
  index: number,
  size: number,
  read: NodeReader,
  hash: Hash = sha256,
): Promise<AuditResult<Uint8Array[]>> {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    return refuse("audit/proof-range", `no entry \`${index}\` in a tree of ${size} entries`);
  }
  return succeed(await readRanges(inclusionRanges(index, 0, size), read, hash));
}

/**
 * Proof that the tree of `newSize` extends the tree of `oldSize` (RFC 6962 section 2.1.2).
 *
 * Errors: `audit/proof-range` unless 0 < oldSize <= newSize; nothing has to be proven about the empty tree.
 */
export async function consistencyProof(
  oldSize: number,
  newSize: number,
  read: NodeReader,
  hash: Hash = sha256,
): Promise<AuditResult<Uint8Array[]>> {
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(newSize) || oldSize < 1 || oldSize > newSize) {
    return refuse("audit/proof-range", `no consistency proof from size \`${oldSize}\` to \`${newSize}\``);
  }
  return succeed(await readRanges(consistencyRanges(oldSize, 0, newSize, true), read, hash));
}

const half = (value: number): number => Math.floor(value / 2);
const isOdd = (value: number): boolean => value % 2 === 1;
const isHash = (value: Uint8Array): boolean => value.length === HASH_LENGTH;

/**
 * True when `proof` shows that the entry with this leaf hash is at `index` of the tree with this size and root
 * (RFC 9162 section 2.1.3.2).
 */
export function verifyInclusion(
  claim: {
    readonly index: number;
    readonly size: number;
    readonly leaf: Uint8Array;
    readonly root: Uint8Array;
  },
  proof: readonly Uint8Array[],
  hash: Hash = sha256,
): boolean {
  const { index, size, leaf, root } = claim;
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  if (!isHash(leaf) || !isHash(root) || !proof.every(isHash)) return false;
  let position = index;
  let last = size - 1;
  let running = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(position) || position === last) {
      running = nodeHash(sibling, running, hash);
      while (!isOdd(position) && position !== 0) {
        position = half(position);
        last = half(last);
      }
    } else {
      running = nodeHash(running, sibling, hash);
    }
    position = half(position);
    last = half(last);
  }
  return last === 0 && equalBytes(running, root);
}

/**
 * True when `proof` shows that the tree with `newRoot` starts with the tree with `oldRoot`
 * (RFC 9162 section 2.1.4.2). Sizes must satisfy 0 < oldSize <= newSize.
 */
export function verifyConsistency(
  claim: {
    readonly oldSize: number;
    readonly oldRoot: Uint8Array;
    readonly newSize: number;
    readonly newRoot: Uint8Array;
  },
  proof: readonly Uint8Array[],
  hash: Hash = sha256,
): boolean {
  const { oldSize, oldRoot, newSize, newRoot } = claim;
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(newSize)) return false;
  if (oldSize < 1 || oldSize > newSize) return false;
  if (oldSize === newSize) return proof.length === 0 && equalBytes(oldRoot, newRoot);
  if (!isHash(oldRoot) || !isHash(newRoot) || !proof.every(isHash)) return false;

  let position = oldSize - 1;
  let last = newSize - 1;
  while (isOdd(position)) {
    position = half(position);
    last = half(last);
  }
  // Where the old tree is a perfect subtree of the new one, its root is known and left out of the proof.
  const path = position === 0 ? [oldRoot, ...proof] : proof;
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let oldRunning = first;
  let newRunning = first;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(position) || position === last) {
      oldRunning = nodeHash(sibling, oldRunning, hash);
      newRunning = nodeHash(sibling, newRunning, hash);
      while (!isOdd(position) && position !== 0) {
        position = half(position);
        last = half(last);
      }
    } else {
      newRunning = nodeHash(newRunning, sibling, hash);
    }
    position = half(position);
    last = half(last);
  }
  return last === 0 && equalBytes(oldRunning, oldRoot) && equalBytes(newRunning, newRoot);
}
