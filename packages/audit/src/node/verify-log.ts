import { resolve } from "node:path";
import { equalBytes, toHex } from "../bytes.ts";
import { type Checkpoint, type SignedCheckpoint, verifyCheckpoint } from "../checkpoint.ts";
import { HASH_LENGTH } from "../hash.ts";
import { parseVerifierKey } from "../key.ts";
import { consistencyProof, verifyConsistency } from "../proof.ts";
import { mayPrune } from "../prune.ts";
import type { AuditResult } from "../result.ts";
import { bundlePath, levelLength, TILE_WIDTH, tilePath, tileWidth } from "../tile.ts";
import type { TlogPolicy } from "../tlog-policy.ts";
import { foldRange, rangeNodes } from "../tree.ts";
import { verifyCheckpointByPolicy } from "../verify-by-policy.ts";
import { AuditError } from "./audit-error.ts";
import { type LogReader, readerOf } from "./log-reader.ts";
import { nodeVerifyMlDsa44 } from "./ml-dsa-key.ts";
import { leafHashes, nodeSha256, tileRoot } from "./node-hash.ts";
import { retentionOf } from "./prune-log.ts";

/**
 * One thing wrong with a log.
 *
 *   code     audit/checkpoint (missing, malformed, not signed by the key), audit/bundle (entries damaged or missing),
 *            audit/tile (hashes damaged or missing), audit/bundle-or-tile (they differ, and nothing tells which is
 *            right), audit/root (the tree is whole, but is not the signed one), audit/consistency (the log does not
 *            extend what was verified before)
 *   file     path below the log's directory
 *   index    first entry concerned, where that is known
 *   byte     offset of the first wrong byte in the file, where that is known; in a bundle, of the entry
 */
export interface Finding {
  readonly code:
    | "audit/checkpoint"
    | "audit/bundle"
    | "audit/tile"
    | "audit/bundle-or-tile"
    | "audit/root"
    | "audit/consistency";
  readonly file: string;
  readonly index?: number | undefined;
  readonly byte?: number | undefined;
  readonly message: string;
}

/**
 * The result of `verifyLog`.
 *
 *   root            the signed root in lower-case hex, empty when there is no valid checkpoint
 *   from            size of the checkpoint that was built on; 0 when all was checked
 *   checkedEntries  entries whose bytes were hashed
 *   cosigners       key names of the policy's witnesses that cosigned
 *   unwitnessed     entries of the newest checkpoint that the policy's quorum has not seen yet: what was verified is then the
 *                   log as of its file `witnessed`, the last checkpoint that the quorum cosigned
 *   checkpoint      the signed checkpoint as it was read, empty when there was none
 */
export interface LogReport {
  readonly ok: boolean;
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly from: number;
  readonly checkedEntries: number;
  readonly cosigners: readonly string[];
  readonly unwitnessed: number;
  readonly checkpoint: string;
  readonly findings: readonly Finding[];
}

/** How to verify a log: under which key or policy, building on what, and whom to tell how far it is. */
export interface VerifyOptions {
  /** `name+hash+base64` (C2SP signed-note). May be left out where there is a policy. */
  readonly verifierKey?: string | undefined;
  /** The checkpoint has to be accepted by this policy too: signed by its log, cosigned by its quorum. */
  readonly policy?: TlogPolicy | undefined;
  /** A checkpoint verified earlier: the log has to extend it, and only what was added is read. */
  readonly from?: Checkpoint | undefined;
  readonly onProgress?: ((checkedEntries: number, size: number) => void) | undefined;
}

async function orFault<T>(read: Promise<T>): Promise<{ value: T | null; fault: string }> {
  try {
    return { value: await read, fault: "" };
  } catch (error) {
    if (error instanceof AuditError) return { value: null, fault: error.message };
    throw error;
  }
}

function slotOf(tile: Uint8Array | null, index: number): Uint8Array | null {
  const offset = (index % TILE_WIDTH) * HASH_LENGTH;
  return tile === null || tile.length < offset + HASH_LENGTH
    ? null
    : tile.subarray(offset, offset + HASH_LENGTH);
}

interface Read<T> {
  readonly value: T | null;
  readonly fault: string;
}
type BundleAndTile = [Read<Uint8Array[]>, Read<Uint8Array>];

/** Bundles that are read ahead. */
const AHEAD = 4;

class Verification {
  readonly findings: Finding[] = [];
  readonly #reader: LogReader;
  readonly #size: number;
  readonly #minimumIndex: number;
  /** Unfinished last tile of each level, by what was believed. */
  readonly #edges: Uint8Array[] = [];
  readonly #ahead = new Map<number, Promise<BundleAndTile>>();
  checked = 0;

  constructor(reader: LogReader, size: number, minimumIndex: number) {
    this.#reader = reader;
    this.#size = size;
    this.#minimumIndex = minimumIndex;
  }

  async #diskTile(level: number, index: number): Promise<{ value: Uint8Array | null; fault: string }> {
    return orFault(this.#reader.tile({ level, index, width: tileWidth(level, index, this.#size) }));
  }

  /** A bundle and its tile; the next few are asked for already, so that a distant log does not take a journey each. */
  #read(index: number): Promise<BundleAndTile> {
    const last = Math.min(index + AHEAD, Math.ceil(this.#size / TILE_WIDTH) - 1);
    for (let next = index; next <= last; next += 1) {
      if (this.#ahead.has(next)) continue;
      const both = [orFault(this.#reader.bundle(next, this.#size)), this.#diskTile(0, next)] as const;
      this.#ahead.set(next, Promise.all(both));
    }
    const read = this.#ahead.get(index) as Promise<BundleAndTile>;
    this.#ahead.delete(index);
    return read;
  }

  #believe(level: number, bytes: Uint8Array): Uint8Array | null {
    if (bytes.length === TILE_WIDTH * HASH_LENGTH) return tileRoot(bytes);
    this.#edges[level] = bytes;
    return null;
  }

  /** Checks one bundle and its tile; gives the root of the tile where it is full. */
  async leaves(index: number, signedRoot: Uint8Array): Promise<Uint8Array | null> {
    const width = tileWidth(0, index, this.#size);
    const tileFile = tilePath({ level: 0, index, width });
    const bundleFile = bundlePath(index, width);
    const first = index * TILE_WIDTH;
    const [bundle, tile] = await this.#read(index);
    const own = bundle.value === null ? null : leafHashes(bundle.value);
    this.checked += bundle.value?.length ?? 0;
    // Pruned: the tile stands for the entries, and the signed root for the tile.
    const isPruned = bundle.value === null && mayPrune(bundleFile, this.#minimumIndex);
    if (own === null && !isPruned)
      this.findings.push({ code: "audit/bundle", file: bundleFile, index: first, message: bundle.fault });
    if (tile.value === null)
      this.findings.push({ code: "audit/tile", file: tileFile, index: first, message: tile.fault });
    if (own === null || tile.value === null) {
      const known = own ?? tile.value;
      return known === null ? null : this.#believe(0, known);
    }
    if (equalBytes(own, tile.value)) return this.#believe(0, own);

    const differing = own.findIndex((byte, at) => byte !== (tile.value as Uint8Array)[at]);
    const entry = first + Math.floor(differing / HASH_LENGTH);
    const right = await this.#judge(index, own, tile.value, signedRoot);
    const message = `entry ${entry} and its hash in the tile do not agree`;
    if (right === "tile") {
      const before = (bundle.value as Uint8Array[]).slice(0, entry - first);
      const byte = before.reduce((length, { length: own }) => length + 2 + own, 0);
      this.findings.push({ code: "audit/bundle", file: bundleFile, index: entry, byte, message });
    } else {
      const code = right === "entries" ? "audit/tile" : "audit/bundle-or-tile";
      this.findings.push({ code, file: tileFile, index: entry, byte: differing, message });
    }
    return this.#believe(0, right === "tile" ? tile.value : own);
  }

  /** Which of two versions of a level-0 tile the rest of the tree speaks for. */
  async #judge(
    index: number,
    own: Uint8Array,
    disk: Uint8Array,
    signedRoot: Uint8Array,
  ): Promise<"entries" | "tile" | "unknown"> {
    if (own.length === TILE_WIDTH * HASH_LENGTH) {
      const above = await this.#diskTile(1, Math.floor(index / TILE_WIDTH));
      const expected = slotOf(above.value, index);
      if (expected === null) return "unknown";
      if (equalBytes(tileRoot(own), expected)) return "entries";
      return equalBytes(tileRoot(disk), expected) ? "tile" : "unknown";
    }
    // The unfinished last tile: the signed root decides, over the tiles above as they are on disk.
    const edges: Uint8Array[] = [];
    for (let level = 1; levelLength(level, this.#size) > 0; level += 1) {
      const above = await this.#diskTile(level, Math.floor(levelLength(level, this.#size) / TILE_WIDTH));
      edges[level] = above.value ?? new Uint8Array(0);
    }
    if (equalBytes(this.rootOver([own, ...edges.slice(1)]), signedRoot)) return "entries";
    return equalBytes(this.rootOver([disk, ...edges.slice(1)]), signedRoot) ? "tile" : "unknown";
  }

  /**
   * Checks the tiles of one level against the roots of the full tiles below, from position `offset` of the level on, and
   * gives the roots of its own full ones. What is left of `offset` is believed as it is read: the signed root speaks for it.
   */
  async level(
    level: number,
    hashes: readonly (Uint8Array | null)[],
    offset: number,
  ): Promise<(Uint8Array | null)[]> {
    const roots: (Uint8Array | null)[] = [];
    const length = levelLength(level, this.#size);
    for (let index = Math.floor(offset / TILE_WIDTH); index * TILE_WIDTH < length; index += 1) {
      const first = index * TILE_WIDTH;
      const width = tileWidth(level, index, this.#size);
      const file = tilePath({ level, index, width });
      const disk = await this.#diskTile(level, index);
      const own = Buffer.concat(
        Array.from({ length: width }, (_, at) => {
          const known = first + at < offset ? null : (hashes[first + at - offset] ?? null);
          return known ?? slotOf(disk.value, at) ?? new Uint8Array(HASH_LENGTH);
        }),
      );
      if (disk.value === null) this.findings.push({ code: "audit/tile", file, message: disk.fault });
      else if (!equalBytes(own, disk.value)) {
        const byte = own.findIndex((each, at) => each !== (disk.value as Uint8Array)[at]);
        const at = Math.floor(byte / HASH_LENGTH);
        const entry = (first + at) * TILE_WIDTH ** level;
        const message = `hash ${at} is not that of the tile below`;
        this.findings.push({ code: "audit/tile", file, index: entry, byte, message });
      }
      const root = this.#believe(level, own);
      if (root !== null) roots.push(root);
    }
    return roots;
  }

  root(): Uint8Array {
    return this.rootOver(this.#edges);
  }

  rootOver(edges: readonly (Uint8Array | undefined)[]): Uint8Array {
    const hashes = rangeNodes({ from: 0, to: this.#size }).map((node) => {
      const span = 2 ** (node.level % 8);
      const offset = ((node.index * span) % TILE_WIDTH) * HASH_LENGTH;
      const edge = edges[Math.floor(node.level / 8)] ?? new Uint8Array(0);
      return tileRoot(edge.subarray(offset, offset + span * HASH_LENGTH));
    });
    return foldRange(hashes, nodeSha256);
  }
}

async function consistencyFault(
  reader: LogReader,
  older: Checkpoint,
  newer: Checkpoint,
): Promise<Finding | null> {
  const not = (message: string): Finding => ({ code: "audit/consistency", file: "checkpoint", message });
  if (older.origin !== newer.origin)
    return not(`the log is \`${newer.origin}\`, what was verified before is \`${older.origin}\``);
  if (newer.size < older.size)
    return not(`the log has ${newer.size} entries, and had ${older.size} when it was verified before`);
  if (older.size === 0) return null;
  const proof = await orFault(consistencyProof(older.size, newer.size, reader.nodes(newer.size), nodeSha256));
  if (proof.value === null) return { code: "audit/tile", file: "tile", message: proof.fault };
  const claim = { oldSize: older.size, oldRoot: older.root, newSize: newer.size, newRoot: newer.root };
  if (proof.value.ok && verifyConsistency(claim, proof.value.value, nodeSha256)) return null;
  return not(
    `the first ${older.size} of its ${newer.size} entries are not the ${older.size} that were verified before`,
  );
}

async function checkSignatures(
  text: string,
  options: VerifyOptions,
): Promise<AuditResult<SignedCheckpoint & { readonly cosigners: readonly string[] }>> {
  const { verifierKey, policy } = options;
  if (policy === undefined || verifierKey !== undefined) {
    const key = parseVerifierKey(verifierKey ?? "");
    if (!key.ok) throw new AuditError(key.issue.code, key.issue.message, { help: key.issue.help ?? "" });
    const signed = await verifyCheckpoint(text, key.value);
    if (policy === undefined || !signed.ok)
      return signed.ok ? { ok: true, value: { ...signed.value, cosigners: [] } } : signed;
  }
  const witnessed = await verifyCheckpointByPolicy(text, policy, {
    mlDsa44: nodeVerifyMlDsa44,
    hash: nodeSha256,
  });
  if (!witnessed.ok) return witnessed;
  const cosigners = witnessed.value.cosignatures.map(({ key }) => key.name);
  return { ok: true, value: { ...witnessed.value, cosigners } };
}

/**
 * Checks everything that a log has published: the checkpoint's signatures, every entry against the tiles, every level
 * of tiles against the one below, the root against the signed one. Reads public files only, of a directory or from a
 * reader; damage becomes findings. With `from`, what was verified then is not read again, and the log has to extend it.
 *
 * Errors: `audit/key-malformed` when the verifier key is none.
 */
export async function verifyLog(log: string | LogReader, options: VerifyOptions): Promise<LogReport> {
  const reader = typeof log === "string" ? readerOf(resolve(log)) : log;
  const read = await orFault(reader.checkpoint());
  let text = read.value?.text ?? "";
  let signed = await checkSignatures(text, options);
  let unwitnessed = 0;
  if (read.value !== null && !signed.ok && signed.issue.code === "audit/quorum") {
    // Never taken for the whole: how much is not witnessed goes into the report.
    const bytes = await reader.file("witnessed");
    const witnessed = bytes === null ? "" : new TextDecoder().decode(bytes);
    const earlier = bytes === null ? signed : await checkSignatures(witnessed, options);
    if (earlier.ok && earlier.value.checkpoint.size <= read.value.checkpoint.size) {
      unwitnessed = read.value.checkpoint.size - earlier.value.checkpoint.size;
      [signed, text] = [earlier, witnessed];
    }
  }
  const { from: older } = options;
  if (read.value === null || !signed.ok) {
    const message = read.value === null || signed.ok ? read.fault : signed.issue.message;
    const findings: Finding[] = [{ code: "audit/checkpoint", file: "checkpoint", message }];
    const origin = read.value?.checkpoint.origin ?? "";
    const none = {
      size: 0,
      root: "",
      from: 0,
      checkedEntries: 0,
      cosigners: [],
      unwitnessed,
      checkpoint: text,
    };
    return { ok: false, origin, ...none, findings };
  }
  const { size, root, origin } = signed.value.checkpoint;
  const verification = new Verification(reader, size, (await retentionOf(reader)).minimumIndex);
  const { findings } = verification;
  const broken = older === undefined ? null : await consistencyFault(reader, older, signed.value.checkpoint);
  if (broken !== null) findings.push(broken);
  // Where the log is not the one that was verified before, all of it is looked at.
  const from = older === undefined || broken !== null ? 0 : older.size;
  const start = Math.floor(from / TILE_WIDTH);
  let hashes: (Uint8Array | null)[] = [];
  for (let index = start; index * TILE_WIDTH < size; index += 1) {
    const full = await verification.leaves(index, root);
    if (tileWidth(0, index, size) === TILE_WIDTH) hashes.push(full);
    options.onProgress?.(Math.min((index + 1) * TILE_WIDTH, size), size);
  }
  let offset = start;
  for (let level = 1; levelLength(level, size) > 0; level += 1) {
    hashes = await verification.level(level, hashes, offset);
    offset = Math.floor(offset / TILE_WIDTH);
  }
  if (findings.length === 0 && !equalBytes(verification.root(), root)) {
    findings.push({
      code: "audit/root",
      file: "checkpoint",
      message: "the tree does not have the root that was signed",
    });
  }
  return {
    ok: findings.length === 0,
    origin,
    size,
    root: toHex(root),
    from,
    checkedEntries: verification.checked,
    cosigners: signed.value.cosigners,
    unwitnessed,
    checkpoint: text,
    findings,
  };
}
