import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseSignedCheckpoint, type SignedCheckpoint } from "../checkpoint.ts";
import { decodeBundle } from "../entry-bundle.ts";
import { HASH_LENGTH } from "../hash.ts";
import { bundlePath, TILE_WIDTH, type Tile, tileNodeReader, tilePath, tileWidth } from "../tile.ts";
import type { NodeReader } from "../tree.ts";
import { AuditError, describeFailure, systemCode } from "./audit-error.ts";
import { nodeSha256 } from "./node-hash.ts";

/** One entry of a log and its 0-based position. */
export interface LoggedEntry {
  readonly index: number;
  readonly bytes: Uint8Array;
}

/**
 * Reads the public files of a log: `checkpoint`, `tile/`, `objects/`. It takes no lock and never looks at `state/`,
 * so it also reads a copy of the public files alone, and a log that is being written.
 *
 * Nothing read is verified; `verifyLog` and `verifyTlogProof` do that. All methods reject with `AuditError`:
 * `audit/entry-missing` (no such file or index), `audit/log-corrupt` (wrong length or form),
 * `audit/read-failed` (file system).
 */
export interface LogReader {
  /** The directory, or where else the files are. */
  readonly directory: string;
  /** The newest checkpoint, with its text as it is on disk. */
  readonly checkpoint: () => Promise<SignedCheckpoint & { readonly text: string }>;
  /** The hashes of a tile. A partial one that is gone is cut from the full tile. */
  readonly tile: (tile: Tile) => Promise<Uint8Array>;
  /** The entries of a bundle of the tree with `size` entries. */
  readonly bundle: (index: number, size: number) => Promise<Uint8Array[]>;
  /** One entry below the newest checkpoint's size. */
  readonly entry: (index: number) => Promise<Uint8Array>;
  /** Entries `from` (included) to `to` (not included), in order. */
  readonly entries: (from: number, to: number) => AsyncGenerator<LoggedEntry>;
  /** Hashes of perfect subtrees of the tree with `size` entries, for proofs. */
  readonly nodes: (size: number) => NodeReader;
  /** A public file by its path, or null where there is none. */
  readonly file: ReadPublic;
  /** The bytes stored by `putObject`, checked against their digest. */
  readonly object: (digest: string) => Promise<Uint8Array>;
}

/** Gives the bytes of a public file, or null where there is none. */
export type ReadPublic = (path: string) => Promise<Uint8Array | null>;

/** A reader over public files wherever they are; it does not ask whether there is a log. */
export function readerFrom(name: string, read: ReadPublic): LogReader {
  const file: ReadPublic = async (path) => {
    try {
      return await read(path);
    } catch (error) {
      throw new AuditError("audit/read-failed", `${path} can not be read: ${describeFailure(error)}`, {
        cause: error,
      });
    }
  };
  const readPublic = async (path: string): Promise<Buffer> => {
    const bytes = await file(path);
    if (bytes === null) throw new AuditError("audit/entry-missing", `${path} is missing`);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  };
  const readPartialOrFull = async (partial: string, full: string): Promise<Buffer> => {
    try {
      return await readPublic(partial);
    } catch (error) {
      if (partial === full || !(error instanceof AuditError) || error.code !== "audit/entry-missing")
        throw error;
      return readPublic(full).catch(() => Promise.reject(error));
    }
  };
  const checkpoint: LogReader["checkpoint"] = async () => {
    const text = (await readPublic("checkpoint")).toString("utf8");
    const signed = parseSignedCheckpoint(text);
    if (!signed.ok) throw new AuditError("audit/log-corrupt", `checkpoint: ${signed.issue.message}`);
    return { ...signed.value, text };
  };
  const tile: LogReader["tile"] = async (wanted) => {
    const path = tilePath(wanted);
    const bytes = await readPartialOrFull(path, tilePath({ ...wanted, width: TILE_WIDTH }));
    const length = wanted.width * HASH_LENGTH;
    if (bytes.length !== length && bytes.length !== TILE_WIDTH * HASH_LENGTH) {
      throw new AuditError("audit/log-corrupt", `${path} has ${bytes.length} bytes, not ${length}`);
    }
    return bytes.subarray(0, length);
  };
  const bundle: LogReader["bundle"] = async (index, size) => {
    const width = tileWidth(0, index, size);
    const path = bundlePath(index, width);
    const bytes = await readPartialOrFull(path, bundlePath(index));
    const decoded = decodeBundle(bytes);
    if (!decoded.ok) throw new AuditError("audit/log-corrupt", `${path}: ${decoded.issue.message}`);
    if (decoded.value.length < width) {
      throw new AuditError("audit/log-corrupt", `${path} has ${decoded.value.length} entries, not ${width}`);
    }
    return decoded.value.slice(0, width);
  };
  const entry: LogReader["entry"] = async (index) => {
    const { size } = (await checkpoint()).checkpoint;
    if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
      throw new AuditError("audit/entry-missing", `no entry \`${index}\` in a log of ${size} entries`);
    }
    const entries = await bundle(Math.floor(index / TILE_WIDTH), size);
    return entries[index % TILE_WIDTH] as Uint8Array;
  };
  async function* entries(from: number, to: number): AsyncGenerator<LoggedEntry> {
    const { size } = (await checkpoint()).checkpoint;
    const end = Math.min(to, size);
    for (let at = Math.max(0, from); at < end; ) {
      const first = at - (at % TILE_WIDTH);
      const held = await bundle(first / TILE_WIDTH, size);
      for (; at < end && at - first < held.length; at += 1)
        yield { index: at, bytes: held[at - first] as Uint8Array };
    }
  }
  const object: LogReader["object"] = async (digest) => {
    if (!/^[0-9a-f]{64}$/.test(digest))
      throw new AuditError("audit/entry-missing", `\`${digest}\` is not a digest`);
    const path = `objects/sha256/${digest}`;
    const bytes = await readPublic(path);
    if (Buffer.from(nodeSha256(bytes)).toString("hex") !== digest) {
      throw new AuditError("audit/log-corrupt", `${path} does not have the digest that it is named for`);
    }
    return bytes;
  };
  const nodes: LogReader["nodes"] = (size) => tileNodeReader(size, tile, nodeSha256);
  return { directory: name, checkpoint, tile, bundle, entry, entries, nodes, file, object };
}

/** A reader of the public files in a directory. */
export function readerOf(directory: string): LogReader {
  return readerFrom(directory, async (path) => {
    try {
      return await readFile(join(directory, path));
    } catch (error) {
      if (systemCode(error) === "ENOENT") return null;
      throw error;
    }
  });
}

/**
 * Opens the public files of the log in `directory`.
 *
 * Errors: `audit/not-a-log` when the directory has no `checkpoint` file.
 */
export async function openReader(directory: string): Promise<LogReader> {
  const path = resolve(directory);
  const found = await stat(join(path, "checkpoint")).catch((): null => null);
  if (found === null) {
    throw new AuditError("audit/not-a-log", `there is no log in ${path}`, {
      help: "name the directory that holds the file `checkpoint`",
    });
  }
  return readerOf(path);
}
