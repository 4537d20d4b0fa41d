import { equalBytes } from "../bytes.ts";
import { HASH_LENGTH } from "../hash.ts";
import { nodeHash } from "./web-hash.ts";

// The two verifications of RFC 9162, as in ../proof.ts, over a hash that answers with a promise.

const half = (value: number): number => Math.floor(value / 2);
const isOdd = (value: number): boolean => value % 2 === 1;
const areHashes = (values: readonly Uint8Array[]): boolean =>
  values.every((value) => value.length === HASH_LENGTH);

/** Positions of a node and of the last node of its row, on the way to the root. */
class Climb {
  #position: number;
  #last: number;

  constructor(position: number, last: number) {
    this.#position = position;
    this.#last = last;
  }

  /** True once the root is reached. */
  get isDone(): boolean {
    return this.#last === 0;
  }

  get isLeftmost(): boolean {
    return this.#position === 0;
  }

  /** Passes rows in which the node is a right child: the old tree is complete there. */
  skipRightChildren(): void {
    while (isOdd(this.#position)) this.#up();
  }

  #up(): void {
    this.#position = half(this.#position);
    this.#last = half(this.#last);
  }

  /** Goes up past one sibling; true when that one is on the left. */
  step(): boolean {
    const isLeft = isOdd(this.#position) || this.#position === this.#last;
    if (isLeft) while (!isOdd(this.#position) && this.#position !== 0) this.#up();
    this.#up();
    return isLeft;
  }
}

/**
 * True when `proof` shows that the entry with this leaf hash is at `index` of the tree with this size and root
 * (RFC 9162 section 2.1.3.2).
 */
export async function verifyInclusion(
  claim: {
    readonly index: number;
    readonly size: number;
    readonly leaf: Uint8Array;
    readonly root: Uint8Array;
  },
  proof: readonly Uint8Array[],
): Promise<boolean> {
  const { index, size, leaf, root } = claim;
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  if (!areHashes([leaf, root, ...proof])) return false;
  const climb = new Climb(index, size - 1);
  let running = leaf;
  for (const sibling of proof) {
    if (climb.isDone) return false;
    running = climb.step() ? await nodeHash(sibling, running) : await nodeHash(running, sibling);
  }
  return climb.isDone && equalBytes(running, root);
}

/**
 * True when `proof` shows that the tree with `newRoot` starts with the tree with `oldRoot`
 * (RFC 9162 section 2.1.4.2). Sizes must satisfy 0 < oldSize <= newSize.
 */
export async function verifyConsistency(
  claim: {
    readonly oldSize: number;
    readonly oldRoot: Uint8Array;
    readonly newSize: number;
    readonly newRoot: Uint8Array;
  },
  proof: readonly Uint8Array[],
): Promise<boolean> {
  const { oldSize, oldRoot, newSize, newRoot } = claim;
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(newSize)) return false;
  if (oldSize < 1 || oldSize > newSize || !areHashes([oldRoot, newRoot, ...proof])) return false;
  if (oldSize === newSize) return proof.length === 0 && equalBytes(oldRoot, newRoot);
  const climb = new Climb(oldSize - 1, newSize - 1);
  climb.skipRightChildren();
  // Where the old tree is a perfect subtree of the new one, its root is known and left out of the proof.
  const [first, ...rest] = climb.isLeftmost ? [oldRoot, ...proof] : proof;
  if (first === undefined) return false;
  let oldRunning = first;
  let newRunning = first;
  for (const sibling of rest) {
    if (climb.isDone) return false;
    if (climb.step()) {
      oldRunning = await nodeHash(sibling, oldRunning);
      newRunning = await nodeHash(sibling, newRunning);
    } else newRunning = await nodeHash(newRunning, sibling);
  }
  return climb.isDone && equalBytes(oldRunning, oldRoot) && equalBytes(newRunning, newRoot);
}
