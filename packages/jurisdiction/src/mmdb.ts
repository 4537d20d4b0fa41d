// Reader of MaxMind DB files (format 2.0) over bytes. Pure: no file system, no cache, no clock.
import { type Address, formatPrefix, type Issue, type Result } from "@demarc/net";
import { decodeValue, decodeValueAndEnd, MmdbFault, type MmdbValue } from "./internal/mmdb-decoder.ts";

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
   * The record for an address with the prefix that it holds for, or null when there is none.
   *
   * Errors: `mmdb/v6-in-v4` when an IPv6 address is asked of an IPv4 database; `mmdb/corrupt`.
   */
  readonly lookup: (
    address: Address,
  ) => Result<{ readonly value: MmdbValue; readonly prefix: string } | null>;
}

// 0xab 0xcd 0xef "MaxMind.com"
const MARKER = new Uint8Array([
  0xab, 0xcd, 0xef, 0x4d, 0x61, 0x78, 0x4d, 0x69, 0x6e, 0x64, 0x2e, 0x63, 0x6f, 0x6d,
]);
const METADATA_SEARCH_BYTES = 128 * 1024;
const SEPARATOR_BYTES = 16;

/**
 * Opens an MMDB file.
 *
 * Errors: `mmdb/no-metadata`, `mmdb/metadata` (a field missing or out of range), `mmdb/corrupt` (the tree is larger
 * than the file), each with the byte offset. Never throws, whatever the bytes.
 * Source: MaxMind DB File Format Specification 2.0.
 */
export function openMmdb(bytes: Uint8Array): Result<Mmdb> {
  return guarded(() => {
    const start = metadataStart(bytes);
    if (start < 0)
      return failure(
        "mmdb/no-metadata",
        "this is no MMDB file: it has no metadata marker",
        "point at a .mmdb file",
      );
    const { value } = decodeValueAndEnd(bytes.subarray(start), 0);
    const metadata = value as Readonly<Record<string, MmdbValue>>;
    const number = (key: string): number => {
      const found = typeof value === "object" ? metadata[key] : undefined;
      return typeof found === "number" || typeof found === "bigint" ? Number(found) : -1;
    };
    const nodeCount = number("node_count");
    const recordSize = number("record_size");
    const ipVersion = number("ip_version");
    const major = number("binary_format_major_version");
    if (major !== 2) return failure("mmdb/metadata", `format version 2 is expected, not ${major}`);
    if (recordSize !== 24 && recordSize !== 28 && recordSize !== 32)
      return failure("mmdb/metadata", `record size 24, 28 or 32 is expected, not ${recordSize}`);
    if (ipVersion !== 4 && ipVersion !== 6)
      return failure("mmdb/metadata", `IP version 4 or 6 is expected, not ${ipVersion}`);
    if (!Number.isInteger(nodeCount) || nodeCount < 0)
      return failure("mmdb/metadata", "the number of nodes is missing");
    const treeBytes = nodeCount * ((recordSize * 2) / 8);
    if (treeBytes + SEPARATOR_BYTES > start - MARKER.length)
      return failure("mmdb/corrupt", `the tree of ${nodeCount} nodes is larger than the file`);
    const type = metadata["database_type"];
    const tree = {
      bytes,
      nodeCount,
      recordSize,
      data: bytes.subarray(treeBytes + SEPARATOR_BYTES, start - MARKER.length),
    } as const;
    return {
      ok: true,
      value: {
        databaseType: typeof type === "string" ? type : "",
        buildAt: number("build_epoch") * 1000,
        ipVersion,
        recordSize,
        nodeCount,
        lookup: (address) => guarded(() => lookup(tree, ipVersion, address)),
      },
    };
  });
}

interface Tree {
  readonly bytes: Uint8Array;
  readonly nodeCount: number;
  readonly recordSize: 24 | 28 | 32;
  readonly data: Uint8Array;
}

function lookup(
  tree: Tree,
  ipVersion: 4 | 6,
  address: Address,
): Result<{ value: MmdbValue; prefix: string } | null> {
  if (address.length === 16 && ipVersion === 4) {
    return failure(
      "mmdb/v6-in-v4",
      "the database knows IPv4 only and was asked about an IPv6 address",
      "use a database with IPv6, or none for it",
    );
  }
  let node = 0;
  let depth = 0;
  // IPv4 lies below ::/96 in an IPv6 tree.
  if (address.length === 4 && ipVersion === 6) {
    for (let bit = 0; bit < 96 && node < tree.nodeCount; bit += 1) node = record(tree, node, 0);
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
  return {
    ok: true,
    value: {
      value: decodeValue(tree.data, offset),
      prefix: formatPrefix({ address: masked(address, depth), length: depth }),
    },
  };
}

function record({ bytes, recordSize }: Tree, node: number, side: number): number {
  const at = node * ((recordSize * 2) / 8);
  const byte = (offset: number): number => bytes[at + offset] as number;
  if (recordSize === 24) return byte(side * 3) * 65_536 + byte(side * 3 + 1) * 256 + byte(side * 3 + 2);
  if (recordSize === 32)
    return (
      byte(side * 4) * 16_777_216 +
      byte(side * 4 + 1) * 65_536 +
      byte(side * 4 + 2) * 256 +
      byte(side * 4 + 3)
    );
  const high = side === 0 ? byte(3) >> 4 : byte(3) & 0x0f;
  const base = side === 0 ? 0 : 4;
  return high * 16_777_216 + byte(base) * 65_536 + byte(base + 1) * 256 + byte(base + 2);
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

function masked(address: Address, length: number): Address {
  return address.map(
    (byte, index) => byte & ((0xff << (8 - Math.min(8, Math.max(0, length - index * 8)))) & 0xff),
  );
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
    if (fault instanceof MmdbFault)
      return failure(
        "mmdb/corrupt",
        `the database is damaged: ${fault.message}`,
        "fetch it again",
        fault.offset,
      );
    throw fault;
  }
}
