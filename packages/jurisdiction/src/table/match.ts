// A record with the prefix that matched. The prefix is made when it is read: the hot path has no use for it.
import { formatPrefix } from "@demarc/net";
import type { Finding } from "../evidence.ts";
import type { TableRecord } from "./compile-table.ts";

/** Bits that a segment's answer holds for, around an address given as words (IPv4 in the first). */
export type LengthAt = (
  v6: boolean,
  a: number,
  b: number,
  c: number,
  d: number,
  segment: number,
  deep: boolean,
) => number;

/** What a table knows of an address. */
export class Match implements Finding {
  readonly record: TableRecord;
  // Signed: V8 keeps a number over 2^31 in a box of its own.
  private readonly a: number;
  private readonly b: number;
  private readonly c: number;
  private readonly d: number;
  private readonly segment: number;
  private readonly v6: boolean;
  private readonly deep: boolean;
  private readonly lengthAt: LengthAt;

  // biome-ignore format: four words
  constructor(record: TableRecord, lengthAt: LengthAt, v6: boolean, a: number, b: number, c: number, d: number, segment: number, deep: boolean) {
    this.record = record;
    this.lengthAt = lengthAt;
    this.v6 = v6;
    this.a = a | 0;
    this.b = b | 0;
    this.c = c | 0;
    this.d = d | 0;
    this.segment = segment;
    this.deep = deep;
  }

  get kind(): TableRecord["kind"] {
    return this.record.kind;
  }
  get territory(): string | null {
    return this.record.territory;
  }
  get region(): string | null {
    return this.record.region;
  }
  get caveats(): TableRecord["caveats"] {
    return this.record.caveats;
  }
  /** Bits of the prefix that matched. */
  get length(): number {
    const { v6, a, b, c, d, segment, deep } = this;
    return this.lengthAt(v6, a >>> 0, b >>> 0, c >>> 0, d >>> 0, segment, v6 && deep);
  }
  get prefix(): string {
    const { length } = this;
    const a = masked32(this.a, length);
    if (!this.v6) return `${a >>> 24}.${(a >>> 16) & 255}.${(a >>> 8) & 255}.${a & 255}/${length}`;
    const address = new Uint8Array(16);
    write(address, 0, a);
    write(address, 4, masked32(this.b, length - 32));
    write(address, 8, masked32(this.c, length - 64));
    write(address, 12, masked32(this.d, length - 96));
    return formatPrefix({ address, length });
  }
}

// A word with all bits after the first `kept` cleared.
const masked32 = (word: number, kept: number): number =>
  kept <= 0 ? 0 : kept >= 32 ? word : word & (-1 << (32 - kept));

function write(address: Uint8Array, at: number, word: number): void {
  address[at] = word >>> 24;
  address[at + 1] = word >>> 16;
  address[at + 2] = word >>> 8;
  address[at + 3] = word;
}
