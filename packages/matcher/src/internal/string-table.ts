// An open-addressing hash table over ASCII keys, written once and read in place. Names are hashed from their end, so
// that one walk from right to left finds every suffix; URLs from their start, so that one walk finds every prefix.
// Every positive is verified against the stored key: no answer is probabilistic.
import { TABLE } from "../layout.ts";

const SEED = 0x811c9dc5;
const PRIME = 0x01000193;

/** Empty hash. */
export const HASH_SEED: number = SEED | 0;

/** Adds one character (FNV-1a, 32 bits). */
export function hashStep(hash: number, code: number): number {
  return Math.imul(hash ^ code, PRIME);
}

/** Spreads a hash over the low bits that choose the slot. */
export function hashEnd(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

/** A string table in an image: views on its slots and key bytes. */
export interface StringTable {
  readonly mask: number;
  /** Five numbers a slot: key start, key end (0 when empty), first, second and third posting list. */
  readonly slots: Uint32Array;
  readonly bytes: Uint8Array;
}

/** Slot (index of its first number) whose key is `text[from, to)`, or -1. */
export function findSlot(table: StringTable, hash: number, text: string, from: number, to: number): number {
  const { mask, slots, bytes } = table;
  let slot = hashEnd(hash) & mask;
  // INVARIANT: openImage has seen an empty slot, so the walk ends.
  for (;;) {
    const at = slot * SLOT;
    const end = slots[at + 1] as number;
    if (end === 0) return -1;
    const start = slots[at] as number;
    if (end - start === to - from) {
      let index = 0;
      while (index < to - from && bytes[start + index] === text.charCodeAt(from + index)) index += 1;
      if (index === to - from) return at;
    }
    slot = (slot + 1) & mask;
  }
}

/** One key with its two posting lists. */
export interface TableEntry {
  readonly key: string;
  readonly first: number;
  readonly second: number;
  readonly third: number;
}

/** Numbers in a slot. */
export const SLOT: number = TABLE.slotBytes / 4;
const MAX_LOAD = 0.6;

/** Writes a table. Keys are distinct ASCII texts; their order decides the bytes, so give them sorted. */
export function encodeStringTable(entries: readonly TableEntry[], fromEnd: boolean): Uint8Array {
  let slotCount = 2;
  while (slotCount * MAX_LOAD < entries.length) slotCount *= 2;
  const byteCount = entries.reduce((sum, entry) => sum + entry.key.length, 0);
  const padded = Math.ceil(byteCount / 4) * 4;
  const out = new Uint8Array(TABLE.slots + slotCount * TABLE.slotBytes + padded);
  const head = new Uint32Array(out.buffer, 0, 2);
  head[0] = slotCount;
  head[1] = byteCount;
  const slots = new Uint32Array(out.buffer, TABLE.slots, slotCount * SLOT);
  const bytes = out.subarray(TABLE.slots + slotCount * TABLE.slotBytes);
  let end = 0;
  for (const { key, first, second, third } of entries) {
    let hash = HASH_SEED;
    for (let index = 0; index < key.length; index += 1) {
      hash = hashStep(hash, key.charCodeAt(fromEnd ? key.length - 1 - index : index));
      bytes[end + index] = key.charCodeAt(index);
    }
    let slot = hashEnd(hash) & (slotCount - 1);
    while (slots[slot * SLOT + 1] !== 0) slot = (slot + 1) & (slotCount - 1);
    slots.set([end, end + key.length, first, second, third], slot * SLOT);
    end += key.length;
  }
  return out;
}
