// Answers for addresses, kept by prefix in typed arrays: a lookup allocates nothing, and the memory has an end.
import type { Address } from "@demarc/net";

// An answer is kept in one of the four slots of its set, the oldest first to go: with one slot each, two prefixes that share it would drive
// each other out packet by packet.
const WAYS = 4;
const SETS = 4_096;
const SLOTS = SETS * WAYS;
/** Answers that hold for a whole block of this size are kept once for it; others for their address alone. */
const BLOCK_V4 = 24;
const BLOCK_V6 = 48;

/** A cache from addresses to values. An epoch is a span of time in which answers do not change with time. */
export class PlaceCache<T> {
  readonly #keys = new Uint32Array(SLOTS * 4);
  // 0 empty, else family and whether for a block or one address.
  readonly #kinds = new Uint8Array(SLOTS);
  readonly #epochs = new Uint32Array(SLOTS);
  readonly #values: (T | undefined)[] = Array.from({ length: SLOTS });
  // Which slot of a set is filled next.
  readonly #next = new Uint8Array(SETS);
  // Signed: a number over 2^31 in a field would be a box of its own, and an allocation.
  #a = 0;
  #b = 0;
  #c = 0;
  #d = 0;

  get(address: Address, epoch: number): T | undefined {
    if (!this.#read(address)) {
      this.#maskV6();
      return (
        this.#at(BLOCK_KIND_V6, epoch) ?? (this.#read(address) ? undefined : this.#at(ADDRESS_KIND_V6, epoch))
      );
    }
    const whole = this.#a;
    this.#a = whole & 0xffff_ff00;
    const block = this.#at(BLOCK_KIND_V4, epoch);
    if (block !== undefined) return block;
    this.#a = whole;
    return this.#at(ADDRESS_KIND_V4, epoch);
  }

  /** Keeps a value that holds for every address that shares the first `length` bits. */
  set(address: Address, length: number, epoch: number, value: T): void {
    const v4 = this.#read(address);
    const block = length <= (v4 ? BLOCK_V4 : BLOCK_V6);
    if (block && v4) this.#a &= 0xffff_ff00;
    else if (block) this.#maskV6();
    const kind = v4 ? (block ? BLOCK_KIND_V4 : ADDRESS_KIND_V4) : block ? BLOCK_KIND_V6 : ADDRESS_KIND_V6;
    const slot = this.#slotToFill(kind);
    this.#keys[slot * 4] = this.#a;
    this.#keys[slot * 4 + 1] = this.#b;
    this.#keys[slot * 4 + 2] = this.#c;
    this.#keys[slot * 4 + 3] = this.#d;
    this.#kinds[slot] = kind;
    this.#epochs[slot] = epoch;
    this.#values[slot] = value;
  }

  #at(kind: number, epoch: number): T | undefined {
    const first = this.#set(kind) * WAYS;
    for (let slot = first; slot < first + WAYS; slot += 1)
      if (this.#kinds[slot] === kind && this.#epochs[slot] === epoch && this.#holds(slot))
        return this.#values[slot];
    return undefined;
  }

  #holds(slot: number): boolean {
    const at = slot * 4;
    return (
      this.#keys[at] === this.#a >>> 0 &&
      this.#keys[at + 1] === this.#b >>> 0 &&
      this.#keys[at + 2] === this.#c >>> 0 &&
      this.#keys[at + 3] === this.#d >>> 0
    );
  }

  // That of the same key, of an epoch that is over; else the one that was filled longest ago.
  #slotToFill(kind: number): number {
    const set = this.#set(kind);
    const first = set * WAYS;
    for (let slot = first; slot < first + WAYS; slot += 1)
      if (this.#kinds[slot] === kind && this.#holds(slot)) return slot;
    const way = this.#next[set] as number;
    this.#next[set] = (way + 1) % WAYS;
    return first + way;
  }

  #set(kind: number): number {
    let hash = Math.imul(this.#a ^ kind, 0x9e3779b1);
    hash = Math.imul(hash ^ this.#b, 0x85ebca6b) ^ (hash >>> 15);
    hash = Math.imul(hash ^ this.#c, 0xc2b2ae35) ^ (hash >>> 13);
    hash = Math.imul(hash ^ this.#d, 0x27d4eb2f);
    return (hash ^ (hash >>> 16)) & (SETS - 1);
  }

  #maskV6(): void {
    this.#b &= 0xffff_0000;
    this.#c = 0;
    this.#d = 0;
  }

  // The words of an address; true for IPv4, also in its mapped form.
  #read(address: Address): boolean {
    const v4 = address.length === 4;
    this.#a = wordAt(address, 0);
    if (v4) {
      this.#b = 0;
      this.#c = 0;
      this.#d = 0;
      return true;
    }
    this.#b = wordAt(address, 4);
    this.#c = wordAt(address, 8);
    this.#d = wordAt(address, 12);
    if (this.#a !== 0 || this.#b !== 0 || this.#c !== 0xffff) return false;
    this.#a = this.#d;
    this.#c = 0;
    this.#d = 0;
    return true;
  }
}

const BLOCK_KIND_V4 = 1;
const ADDRESS_KIND_V4 = 2;
const BLOCK_KIND_V6 = 3;
const ADDRESS_KIND_V6 = 4;

function wordAt(address: Address, at: number): number {
  return (
    ((address[at] as number) << 24) |
    ((address[at + 1] as number) << 16) |
    ((address[at + 2] as number) << 8) |
    (address[at + 3] as number)
  );
}
