// Reader of MaxMind DB files (format 2.0) over bytes. Pure: no file system, no clock. Small records are kept once decoded:
// a country database has a few hundred of them for millions of networks.
import { type Address, type Issue, type Prefix, type Result, unmapAddress } from "@demarc/net";
import { masked, prefixText } from "./evidence.ts";
import { Decoder, decodeValue, MmdbFault, type MmdbValue } from "./internal/mmdb-decoder.ts";

export type { MmdbValue } from "./internal/mmdb-decoder.ts";

/** An opened MMDB file. */
export interface Mmdb {
  readonly databaseType: string;
  /** Milliseconds since 1970-01-01T00:00:00Z at which the data was built. */
  readonly buildAt: number;
  readonly ipVersion: 4 | 6;
  readonly recordSize: 24 | 28 | 32;
  readonly nodeCount: number;
  /**
   * The record for an address with the prefix that it holds for (as text, and its length), or null when there is none. Records are frozen. An IPv4-mapped address is
   * looked up as IPv4, and its prefix is one of IPv4.
   *
   * Errors: `mmdb/v6-in-v4` when an IPv6 address is asked of an IPv4 database (a reader that walks on gives the record of
   * an unrelated IPv4 address); `mmdb/address` for bytes that are no address; `mmdb/corrupt`.
   */
  readonly lookup: (
    address: Address,
  ) => Result<{ readonly value: MmdbValue; readonly prefix: string; readonly length: number } | null>;
  /**
   * Bits of an address that `lookup` looks at before it has an answer, also where that is that there is none: every address that shares
   * them gets the same. All of them where `lookup` gives an error.
   */
  readonly reach: (address: Address) => number;
  /**
   * Every network with its record, in the order of addresses. A part of the tree that is reached in several ways (an alias of
   * IPv4) is told once, where it is reached first. Ends at the first `mmdb/corrupt`.
   */
  readonly networks: () => Iterable<Result<{ readonly prefix: Prefix; readonly value: MmdbValue }>>;
}

// 0xab 0xcd 0xef "MaxMind.com"
const MARKER = new Uint8Array([
  0xab, 0xcd, 0xef, 0x4d, 0x61, 0x78, 0x4d, 0x69, 0x6e, 0x64, 0x2e, 0x63, 0x6f, 0x6d,
]);
const METADATA_SEARCH_BYTES = 128 * 1024;
const SEPARATOR_BYTES = 16;
const REFETCH = "fetch the file again";

/**
 * Opens an MMDB file.
 *
 * Errors: `mmdb/no-metadata`, `mmdb/metadata` (a field missing or out of range), `mmdb/corrupt` (the tree is larger
 * than the file, points outside of the data or back to its root; a value is broken). Never throws, whatever the bytes.
 * Every record of the tree is looked at once: about 10 ms for a million nodes.
 * Source: MaxMind DB File Format Specification 2.0.
 */
export function openMmdb(file: Uint8Array): Result<Mmdb> {
  return guarded(() => {
    // A Buffer of Node is a Uint8Array whose `slice` shares memory: values of bytes would be windows into the file.
    const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
    const start = metadataStart(bytes);
    if (start < 0)
      return failure(
        "mmdb/no-metadata",
        "this is no MMDB file: it has no metadata marker",
        "point at a .mmdb file",
      );
    const data = bytes.subarray(0, start - MARKER.length);
    const metadata = readMetadata(decodeValue(bytes.subarray(start), 0));
    if (!metadata.ok) return metadata;
    const { nodeCount, recordSize, ipVersion } = metadata.value;
    const treeBytes = nodeCount * ((recordSize * 2) / 8);
    if (treeBytes + SEPARATOR_BYTES > data.length)
      return failure("mmdb/corrupt", `the tree of ${nodeCount} nodes is larger than the file`, REFETCH);
    const tree: Tree = {
      bytes,
      nodeCount,
      recordSize,
      ipVersion,
      v4Root: 0,
      v4Index: null,
      data: data.subarray(treeBytes + SEPARATOR_BYTES),
      recordAt: recordsOf(data.subarray(treeBytes + SEPARATOR_BYTES)),
    };
    const fault = treeFault(tree);
    if (fault !== null) return failure("mmdb/corrupt", fault.message, REFETCH, fault.offset);
    // IPv4 lies below ::/96 in an IPv6 tree; the way there is the same for every address.
    const above = ipVersion === 6 ? 96 : 0;
    for (let bit = 0; bit < above && tree.v4Root < nodeCount; bit += 1)
      tree.v4Root = record(tree, tree.v4Root, 0);
    return {
      ok: true,
      value: {
        ...metadata.value,
        lookup: (address) => guarded(() => lookup(tree, unmapAddress(address))),
        reach: (address) => reachOf(tree, address),
        networks: () => networksOf(tree),
      },
    };
  });
}

// Every record of the tree, once: a file cut short or overwritten is refused when it is opened, not at some address later.
// No record leads back to the root, and none into the separator or beyond the data.
function treeFault(tree: Tree): { readonly message: string; readonly offset: number } | null {
  const { nodeCount } = tree;
  const firstData = nodeCount + SEPARATOR_BYTES;
  const end = firstData + tree.data.length;
  for (let node = 0; node < nodeCount; node += 1)
    for (let side = 0; side < 2; side += 1) {
      const to = record(tree, node, side);
      if (to !== 0 && to <= nodeCount) continue;
      if (to >= firstData && to < end) continue;
      const where = to === 0 ? "back to the root" : "outside of the data";
      return {
        message: `the database is damaged: node ${node} of its tree points ${where}`,
        offset: node * ((tree.recordSize * 2) / 8),
      };
    }
  return null;
}

function readMetadata(value: MmdbValue): Result<Omit<Mmdb, "lookup" | "reach" | "networks">> {
  if (!isMmdbMap(value)) return failure("mmdb/metadata", "the metadata is no map", REFETCH);
  const number = (key: string): number => {
    const found = value[key];
    return typeof found === "number" || typeof found === "bigint" ? Number(found) : -1;
  };
  const wrong = (what: string, key: string): Result<never> => {
    const found = value[key];
    const shown = typeof found === "number" || typeof found === "bigint" ? `not ${found}` : "it is missing";
    return failure("mmdb/metadata", `${what} is expected in \`${key}\`, ${shown}`, REFETCH);
  };
  const recordSize = number("record_size");
  const ipVersion = number("ip_version");
  const nodeCount = number("node_count");
  const type = value["database_type"];
  if (number("binary_format_major_version") !== 2) return wrong("2", "binary_format_major_version");
  if (recordSize !== 24 && recordSize !== 28 && recordSize !== 32)
    return wrong("24, 28 or 32", "record_size");
  if (ipVersion !== 4 && ipVersion !== 6) return wrong("4 or 6", "ip_version");
  if (!Number.isSafeInteger(nodeCount) || nodeCount < 0) return wrong("a number of nodes", "node_count");
  if (number("build_epoch") < 0) return wrong("a time in seconds", "build_epoch");
  return {
    ok: true,
    value: {
      databaseType: typeof type === "string" ? type : "",
      buildAt: number("build_epoch") * 1000,
      ipVersion,
      recordSize,
      nodeCount,
    },
  };
}

interface Tree {
  readonly bytes: Uint8Array;
  readonly nodeCount: number;
  readonly recordSize: 24 | 28 | 32;
  readonly ipVersion: 4 | 6;
  /** Where the walk of an IPv4 address starts. */
  v4Root: number;
  /** Where it is after 16 bits, or before where the tree ends above; made when the first is asked for. */
  v4Index: V4Index | null;
  readonly data: Uint8Array;
  readonly recordAt: (offset: number) => MmdbValue;
}

interface V4Index {
  readonly nodes: Uint32Array;
  readonly depths: Uint8Array;
}

function v4IndexOf(tree: Tree): V4Index {
  const nodes = new Uint32Array(0x10000);
  const depths = new Uint8Array(0x10000);
  const fill = (node: number, depth: number, first: number): void => {
    if (depth === 16 || node >= tree.nodeCount) {
      const count = 2 ** (16 - depth);
      nodes.fill(node, first, first + count);
      depths.fill(depth, first, first + count);
      return;
    }
    fill(record(tree, node, 0), depth + 1, first);
    fill(record(tree, node, 1), depth + 1, first + 2 ** (15 - depth));
  };
  fill(tree.v4Root, 0, 0);
  return { nodes, depths };
}

const MAX_KEPT = 2_048;
const MAX_KEPT_COST = 8_192;

function recordsOf(data: Uint8Array): (offset: number) => MmdbValue {
  const decoder = new Decoder(data);
  const kept = new Map<number, MmdbValue>();
  return (offset) => {
    const known = kept.get(offset);
    if (known !== undefined) return known;
    const value = decoder.read(offset);
    if (decoder.cost > MAX_KEPT_COST) return value;
    if (kept.size === MAX_KEPT) kept.clear();
    kept.set(offset, value);
    return value;
  };
}

function lookup(
  tree: Tree,
  address: Address,
): Result<{ readonly value: MmdbValue; readonly prefix: string; readonly length: number } | null> {
  if (address.length !== 4 && address.length !== 16)
    return failure("mmdb/address", `an address has 4 or 16 bytes, not ${address.length}`);
  if (address.length === 16 && tree.ipVersion === 4) {
    return failure(
      "mmdb/v6-in-v4",
      "the database knows IPv4 only and was asked about an IPv6 address",
      "use a database with IPv6, or none for it",
    );
  }
  let node = 0;
  let depth = 0;
  if (address.length === 4) {
    tree.v4Index ??= v4IndexOf(tree);
    const top = ((address[0] as number) << 8) | (address[1] as number);
    node = tree.v4Index.nodes[top] as number;
    depth = tree.v4Index.depths[top] as number;
  }
  while (depth < address.length * 8 && node < tree.nodeCount) {
    const bit = ((address[depth >> 3] as number) >> (7 - (depth & 7))) & 1;
    node = record(tree, node, bit);
    depth += 1;
  }
  if (node === tree.nodeCount) return { ok: true, value: null };
  if (node < tree.nodeCount) throw new MmdbFault("the tree is deeper than an address has bits", node);
  const offset = node - tree.nodeCount - SEPARATOR_BYTES;
  if (offset < 0 || offset >= tree.data.length)
    throw new MmdbFault("a record points outside of the data", offset);
  return { ok: true, value: new Found(tree.recordAt(offset), address, depth) };
}

function reachOf(tree: Tree, given: Address): number {
  const address = unmapAddress(given);
  const bits = given.length * 8;
  if ((address.length !== 4 && address.length !== 16) || (address.length === 16 && tree.ipVersion === 4))
    return bits;
  let node = address.length === 4 ? tree.v4Root : 0;
  let depth = 0;
  for (; depth < address.length * 8 && node < tree.nodeCount; depth += 1)
    node = record(tree, node, ((address[depth >> 3] as number) >> (7 - (depth & 7))) & 1);
  return depth + bits - address.length * 8;
}

// The prefix is made when it is read: the hot path has no use for it.
class Found {
  readonly value: MmdbValue;
  /** Bits of the prefix. */
  readonly length: number;
  private readonly address: Address;

  constructor(value: MmdbValue, address: Address, length: number) {
    this.value = value;
    this.length = length;
    this.address = address;
  }

  get prefix(): string {
    return prefixText(this.address, this.length);
  }
}

function* networksOf(tree: Tree): Iterable<Result<{ readonly prefix: Prefix; readonly value: MmdbValue }>> {
  const { nodeCount, ipVersion } = tree;
  const seen = new Uint8Array(nodeCount);
  const path = new Uint8Array(ipVersion === 6 ? 16 : 4);
  // Left before right; what waits is (node, depth, bit that leads there).
  const waiting: (readonly [number, number, number])[] = [[0, 0, 0]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, depth, bit] = next;
    if (depth > 0) setBit(path, depth - 1, bit);
    if (node === nodeCount) continue;
    if (node < nodeCount) {
      if (seen[node] === 1) continue;
      seen[node] = 1;
      if (depth === path.length * 8) {
        yield damaged("the tree is deeper than an address has bits", node);
        return;
      }
      waiting.push([record(tree, node, 1), depth + 1, 1], [record(tree, node, 0), depth + 1, 0]);
      continue;
    }
    const v4 = ipVersion === 6 && depth >= 96 && path.subarray(0, 12).every((byte) => byte === 0);
    const length = v4 ? depth - 96 : depth;
    const prefix = { address: masked(v4 ? path.slice(12) : path, length), length };
    const value = guarded(() => ({ ok: true, value: tree.recordAt(node - nodeCount - SEPARATOR_BYTES) }));
    yield value.ok ? { ok: true, value: { prefix, value: value.value } } : value;
    if (!value.ok) return;
  }
}

function setBit(path: Uint8Array, at: number, bit: number): void {
  const mask = 0x80 >> (at & 7);
  const byte = path[at >> 3] as number;
  path[at >> 3] = bit === 1 ? byte | mask : byte & ~mask;
}

// Reads are in bounds: openMmdb has seen that the whole tree is there, and `node` is below its size.
function record({ bytes, recordSize }: Tree, node: number, side: number): number {
  let at = node * ((recordSize * 2) / 8);
  if (recordSize === 28) {
    const middle = bytes[at + 3] as number;
    const high = side === 0 ? middle >> 4 : middle & 0x0f;
    at += side * 4;
    return (
      ((high << 24) |
        ((bytes[at] as number) << 16) |
        ((bytes[at + 1] as number) << 8) |
        (bytes[at + 2] as number)) >>>
      0
    );
  }
  at += (side * recordSize) / 8;
  const high = ((bytes[at] as number) << 16) | ((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number);
  return recordSize === 24 ? high : high * 256 + (bytes[at + 3] as number);
}

// The last marker within the last 128 KiB: metadata ends the file.
function metadataStart(bytes: Uint8Array): number {
  const first = Math.max(0, bytes.length - METADATA_SEARCH_BYTES);
  for (let at = bytes.length - MARKER.length; at >= first; at -= 1) {
    if (bytes[at] === MARKER[0] && MARKER.every((byte, index) => bytes[at + index] === byte))
      return at + MARKER.length;
  }
  return -1;
}

/** True for a map, false for everything else that a database can hold. */
export function isMmdbMap(value: MmdbValue): value is { readonly [key: string]: MmdbValue } {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof Uint8Array);
}

function failure(
  code: string,
  message: string,
  help?: string,
  offset?: number,
): { readonly ok: false; readonly issue: Issue } {
  return { ok: false, issue: { code, message, help, offset } };
}

function guarded<T>(read: () => Result<T>): Result<T> {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof MmdbFault) return damaged(fault.message, fault.offset);
    throw fault;
  }
}

function damaged(message: string, offset: number): { readonly ok: false; readonly issue: Issue } {
  return failure("mmdb/corrupt", `the database is damaged: ${message}`, REFETCH, offset);
}
