// A small writer of MMDB files, so that tests can make good and broken ones. Source: MaxMind DB file format 2.0.
import { parsePrefix } from "@demarc/net";

/** A value to write. `typed` says which of the number types is meant; a plain number is uint32 or double. */
export type Value =
  | string
  | number
  | bigint
  | boolean
  | Uint8Array
  | Typed
  | readonly Value[]
  | { readonly [key: string]: Value };

const TYPES = {
  string: 2,
  double: 3,
  bytes: 4,
  uint16: 5,
  uint32: 6,
  map: 7,
  int32: 8,
  uint64: 9,
  uint128: 10,
} as const;
const EXTENDED = { array: 11, boolean: 14, float: 15 } as const;
type TypeName = keyof typeof TYPES | keyof typeof EXTENDED;

class Typed {
  readonly type: TypeName;
  readonly value: number | bigint;
  constructor(type: TypeName, value: number | bigint) {
    this.type = type;
    this.value = value;
  }
}

/** A number of a given type. */
export function typed(
  type: "double" | "float" | "uint16" | "uint32" | "int32" | "uint64" | "uint128",
  value: number | bigint,
): Value {
  return new Typed(type, value);
}

export interface MmdbOptions {
  readonly ipVersion?: 4 | 6;
  readonly recordSize?: 24 | 28 | 32;
  /** Seconds since 1970. */
  readonly buildEpoch?: number | bigint;
  readonly databaseType?: string;
  /** Bytes before the records, so that pointers get long. */
  readonly padding?: number;
  /** Write every text and map once and point at it. */
  readonly pointers?: boolean;
  /** IPv6 prefixes that lead to the IPv4 tree, as real writers make them. */
  readonly aliases?: readonly string[];
  /** Fields of the metadata to replace; undefined leaves one out. */
  readonly metadata?: Readonly<Record<string, Value | undefined>>;
}

/** Makes an MMDB file; longer prefixes win over the shorter ones that they lie in. */
export function writeMmdb(records: Readonly<Record<string, Value>>, options: MmdbOptions = {}): Uint8Array {
  const { ipVersion = 6, recordSize = 24, padding = 0 } = options;
  const data = new Section(options.pointers === true);
  for (let index = 0; index < padding; index += 1) data.bytes.push(0);
  const root: Node = [null, null];
  const byLength = Object.entries(records)
    .map(([text, value]) => ({ bits: bitsOf(text, ipVersion), value }))
    .toSorted((a, b) => a.bits.length - b.bits.length);
  // Equal records are written once, as real writers do.
  const offsets = new Map<Value, number>();
  for (const { bits, value } of byLength) {
    const offset = offsets.get(value) ?? data.add(value);
    offsets.set(value, offset);
    insert(root, bits, offset);
  }
  const v4 = nodeAt(
    root,
    Array.from({ length: 96 }, () => 0),
  );
  for (const alias of options.aliases ?? []) insert(root, bitsOf(alias, 6), v4);
  const nodes = flatten(root);
  const tree = treeBytes(nodes, recordSize);
  return assemble(tree, data.bytes, { ...options, ipVersion, recordSize }, nodes.length);
}

/** An IPv4 file of one node; all addresses have the record that starts `data`, whatever its bytes. */
export function rawMmdb(data: readonly number[], options: MmdbOptions = {}): Uint8Array {
  return assemble([0, 0, 17, 0, 0, 17], data, { ...options, ipVersion: 4, recordSize: 24 }, 1);
}

function assemble(
  tree: readonly number[],
  data: readonly number[],
  options: MmdbOptions,
  nodeCount: number,
): Uint8Array {
  const metadata = new Section(false);
  const fields: Record<string, Value | undefined> = {
    binary_format_major_version: typed("uint16", 2),
    binary_format_minor_version: typed("uint16", 0),
    build_epoch: typed("uint64", options.buildEpoch ?? 1_760_000_000),
    database_type: options.databaseType ?? "Test-Country",
    description: { en: "a test" },
    ip_version: typed("uint16", options.ipVersion ?? 6),
    languages: ["en"],
    node_count: typed("uint32", nodeCount),
    record_size: typed("uint16", options.recordSize ?? 24),
    ...options.metadata,
  };
  const present = Object.entries(fields).filter((field): field is [string, Value] => field[1] !== undefined);
  metadata.add(Object.fromEntries(present));
  return Uint8Array.from([...tree, ...new Uint8Array(16), ...data, ...MARKER, ...metadata.bytes]);
}

const MARKER = [0xab, 0xcd, 0xef, ...new TextEncoder().encode("MaxMind.com")];

// A child is a node, the offset of a record, or nothing.
type Node = [Node | number | null, Node | number | null];

function bitsOf(text: string, ipVersion: 4 | 6): number[] {
  const parsed = parsePrefix(text);
  if (!parsed.ok) throw new Error(parsed.issue.message);
  const { address, length } = parsed.value;
  const bits = Array.from({ length }, (_, index) => ((address[index >> 3] ?? 0) >> (7 - (index & 7))) & 1);
  if (address.length === 16 && ipVersion === 4) throw new Error("an IPv6 prefix in an IPv4 file");
  return address.length === 4 && ipVersion === 6 ? [...Array.from({ length: 96 }, () => 0), ...bits] : bits;
}

function nodeAt(root: Node, bits: readonly number[]): Node | number | null {
  let node: Node | number | null = root;
  for (const bit of bits) node = Array.isArray(node) ? node[bit === 0 ? 0 : 1] : node;
  return node;
}

function insert(root: Node, bits: readonly number[], record: Node | number | null): void {
  let node = root;
  for (const [index, bit] of bits.entries()) {
    const side = bit === 0 ? 0 : 1;
    if (index === bits.length - 1) {
      node[side] = record;
      return;
    }
    const child = node[side];
    const next: Node = Array.isArray(child) ? child : [child, child];
    node[side] = next;
    node = next;
  }
}

function flatten(
  root: Node,
): readonly (readonly [number | Node | null, number | Node | null, Map<Node, number>])[] {
  const order = new Map<Node, number>([[root, 0]]);
  const queue = [root];
  for (const node of queue)
    for (const child of node)
      if (Array.isArray(child) && !order.has(child)) {
        order.set(child, order.size);
        queue.push(child);
      }
  return queue.map((node) => [node[0], node[1], order] as const);
}

const bytesOf = (value: number, size: number): number[] =>
  Array.from({ length: size }, (_, index) => Math.floor(value / 256 ** (size - 1 - index)) % 256);

function treeBytes(nodes: ReturnType<typeof flatten>, recordSize: 24 | 28 | 32): number[] {
  const count = nodes.length;
  const out: number[] = [];
  for (const [leftChild, rightChild, order] of nodes) {
    const [left = 0, right = 0] = [leftChild, rightChild].map((child) =>
      child === null ? count : Array.isArray(child) ? (order.get(child) ?? 0) : count + 16 + child,
    );
    if (recordSize === 28) {
      const middle = (Math.floor(left / 2 ** 24) << 4) | Math.floor(right / 2 ** 24);
      out.push(...bytesOf(left, 3), middle, ...bytesOf(right, 3));
    } else out.push(...bytesOf(left, recordSize / 8), ...bytesOf(right, recordSize / 8));
  }
  return out;
}

class Section {
  readonly bytes: number[] = [];
  readonly #pointers: boolean;
  readonly #seen = new Map<string, number>();

  constructor(pointers: boolean) {
    this.#pointers = pointers;
  }

  /** Appends a value; returns its offset. */
  add(value: Value): number {
    const offset = this.bytes.length;
    if (typeof value === "string") this.#text(value);
    else if (typeof value === "boolean") this.#control("boolean", value ? 1 : 0);
    else if (typeof value === "bigint") this.#integer(value < 2n ** 64n ? "uint64" : "uint128", value);
    else if (typeof value === "number")
      this.#number(Number.isInteger(value) && value >= 0 && value < 2 ** 32 ? "uint32" : "double", value);
    else if (value instanceof Typed) this.#number(value.type, value.value);
    else if (value instanceof Uint8Array) {
      this.#control("bytes", value.length);
      this.bytes.push(...value);
    } else if (Array.isArray(value)) {
      this.#control("array", value.length);
      for (const item of value as readonly Value[]) this.#item(item);
    } else {
      const entries = Object.entries(value as Readonly<Record<string, Value>>);
      this.#control("map", entries.length);
      for (const [key, item] of entries) {
        this.#item(key);
        this.#item(item);
      }
    }
    return offset;
  }

  // In a container a text or map that is there already becomes a pointer.
  #item(value: Value): void {
    const isShared = typeof value === "string" || (typeof value === "object" && value.constructor === Object);
    const key = isShared
      ? JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? `${item}n` : item))
      : "";
    const known = this.#pointers && isShared ? this.#seen.get(key) : undefined;
    if (known !== undefined) {
      this.pointer(known);
      return;
    }
    const offset = this.add(value);
    if (isShared) this.#seen.set(key, offset);
  }

  pointer(target: number): void {
    if (target < 2048) this.bytes.push(0x20 | (target >> 8), target & 0xff);
    else if (target < 526_336) {
      const rest = target - 2048;
      this.bytes.push(0x28 | (rest >> 16), (rest >> 8) & 0xff, rest & 0xff);
    } else if (target < 134_744_064) {
      const rest = target - 526_336;
      this.bytes.push(0x30 | (rest >> 24), (rest >> 16) & 0xff, (rest >> 8) & 0xff, rest & 0xff);
    } else throw new Error("too far");
  }

  #text(value: string): void {
    const bytes = new TextEncoder().encode(value);
    this.#control("string", bytes.length);
    this.bytes.push(...bytes);
  }

  #number(type: TypeName, value: number | bigint): void {
    if (type !== "double" && type !== "float") {
      this.#integer(type, BigInt(value));
      return;
    }
    const view = new DataView(new ArrayBuffer(type === "double" ? 8 : 4));
    if (type === "double") view.setFloat64(0, Number(value));
    else view.setFloat32(0, Number(value));
    this.#control(type, view.byteLength);
    this.bytes.push(...new Uint8Array(view.buffer));
  }

  #integer(type: TypeName, value: bigint): void {
    const bytes: number[] = [];
    for (let rest = type === "int32" ? BigInt.asUintN(32, value) : value; rest > 0n; rest >>= 8n)
      bytes.unshift(Number(rest & 0xffn));
    this.#control(type, bytes.length);
    this.bytes.push(...bytes);
  }

  #control(type: TypeName, size: number): void {
    const number =
      type in TYPES ? TYPES[type as keyof typeof TYPES] : EXTENDED[type as keyof typeof EXTENDED];
    const extended = number > 7;
    const [low, ...more] =
      size < 29
        ? [size]
        : size < 285
          ? [29, size - 29]
          : size < 65_821
            ? [30, (size - 285) >> 8, (size - 285) & 0xff]
            : [31, (size - 65_821) >> 16, ((size - 65_821) >> 8) & 0xff, (size - 65_821) & 0xff];
    this.bytes.push(((extended ? 0 : number) << 5) | (low ?? 0), ...(extended ? [number - 7] : []), ...more);
  }
}
