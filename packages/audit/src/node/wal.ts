import { fdatasync, write } from "node:fs";
import { type FileHandle, open, readdir, readFile, unlink } from "node:fs/promises";
import { join } from "node:path";
import { decodeBundle } from "../entry-bundle.ts";
import { AuditError } from "./audit-error.ts";
import { syncDirectory } from "./durable-file.ts";
import { readFrame } from "./wal-frame.ts";

/** A segment is closed once it is this long, and deleted once its entries are in synced bundles. */
export const SEGMENT_LIMIT: number = 64 * 1024 * 1024;

/**
 * Segments are named by generation and first entry. Every opening begins a generation, so a writer that lost its lock can
 * only write into a file that is not read beyond the first entry of the next one.
 */
interface Segment {
  readonly generation: number;
  readonly first: number;
  readonly path: string;
}

const digits = (value: number, width: number): string => String(value).padStart(width, "0");

function segmentOf(directory: string, generation: number, first: number): Segment {
  return { generation, first, path: join(directory, `wal-${digits(generation, 8)}-${digits(first, 16)}`) };
}

async function listSegments(directory: string): Promise<Segment[]> {
  const segments: Segment[] = [];
  for (const name of await readdir(directory)) {
    // Before generations, a segment was named by its first entry alone.
    const form = /^wal-(?:([0-9]{8})-)?([0-9]{16})$/.exec(name);
    if (form === null) continue;
    const [, generation = "0", first = ""] = form;
    segments.push({ generation: Number(generation), first: Number(first), path: join(directory, name) });
  }
  return segments.toSorted((a, b) => a.generation - b.generation || a.first - b.first);
}

function corrupt(path: string, offset: number, what: string): AuditError {
  return new AuditError("audit/log-corrupt", `${path}: ${what}, at byte ${offset}`, {
    help:
      "acknowledged entries may be in the damaged part, so nothing was changed; restore the file from a copy. " +
      "If the machine lost power in that very write, the file may be cut at this byte after a copy was made",
  });
}

/**
 * The write-ahead log: what is in it is durable before anyone is told so. It is a row of segment files of frames;
 * the last one is written to.
 */
export class Wal {
  readonly #directory: string;
  #segments: Segment[];
  #handle: FileHandle;
  #length = 0;

  private constructor(directory: string, segments: Segment[], handle: FileHandle) {
    this.#directory = directory;
    this.#segments = segments;
    this.#handle = handle;
  }

  /**
   * Opens the segments in `directory`, gives every entry from index `from` on to `onEntry` in order, leaves out the
   * unfinished write of a crash, and begins a new segment. Entries are views of memory that stays.
   *
   * Errors: `audit/log-corrupt`, `audit/behind-signed` when the segments end before `from`.
   */
  static async open(directory: string, from: number, onEntry: (entry: Uint8Array) => void): Promise<Wal> {
    const segments = await listSegments(directory);
    const [oldest] = segments;
    if (oldest === undefined ? from > 0 : oldest.first > from) {
      throw new AuditError(
        "audit/behind-signed",
        `the write-ahead log in ${directory} lacks entries before ${from}`,
        {
          help: `a checkpoint of ${from} entries was signed; restore the \`state\` directory, do not start over`,
        },
      );
    }
    let next = oldest?.first ?? 0;
    for (const [at, segment] of segments.entries()) {
      if (segment.first !== next)
        throw corrupt(segment.path, 0, `starts at entry ${segment.first}, not ${next}`);
      next = await readSegment(segment, segments[at + 1]?.first ?? null, (entry, index) => {
        if (index >= from) onEntry(entry);
      });
    }
    if (next < from) {
      throw new AuditError(
        "audit/behind-signed",
        `the write-ahead log in ${directory} ends at entry ${next}, but a checkpoint of ${from} entries was signed`,
        { help: "entries were cut off: restore the `state` directory from a newer copy, do not start over" },
      );
    }
    const last = segments.at(-1);
    // What is read now may be in the page cache alone, where a sync failed or was cut short.
    if (last !== undefined) await syncFile(last.path);
    const fresh = segmentOf(directory, (last?.generation ?? 0) + 1, next);
    const handle = await open(fresh.path, "wx", 0o600);
    await syncDirectory(directory);
    return new Wal(directory, [...segments, fresh], handle);
  }

  /** Writes a frame and gives back once it is on disk. `first` is the index of its first entry. */
  async append(first: number, frame: Uint8Array): Promise<void> {
    if (this.#length >= SEGMENT_LIMIT) await this.#rotate(first);
    await writeAndSync(this.#handle.fd, frame, this.#length);
    this.#length += frame.length;
  }

  async #rotate(first: number): Promise<void> {
    const { generation } = this.#segments.at(-1) as Segment;
    const fresh = segmentOf(this.#directory, generation + 1, first);
    const handle = await open(fresh.path, "wx", 0o600);
    await syncDirectory(this.#directory);
    await this.#handle.close();
    this.#handle = handle;
    this.#segments = [...this.#segments, fresh];
    this.#length = 0;
  }

  /** Deletes the segments that hold nothing from index `size` on; those entries are in synced bundles. */
  async dropBefore(size: number): Promise<void> {
    while (this.#segments.length > 1 && (this.#segments[1] as Segment).first <= size) {
      const [oldest, ...rest] = this.#segments;
      await unlink((oldest as Segment).path);
      this.#segments = rest;
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

// With callbacks: a frame costs two calls, and promises around each would cost as much as a small frame itself.
function writeAndSync(descriptor: number, frame: Uint8Array, position: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const synced = (error: Error | null): void => (error === null ? resolve() : reject(error));
    const writeFrom = (at: number): void => {
      write(descriptor, frame, at, frame.length - at, position + at, (error, written) => {
        if (error !== null) reject(error);
        else if (at + written < frame.length) writeFrom(at + written);
        else fdatasync(descriptor, synced);
      });
    };
    writeFrom(0);
  });
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Reads a segment up to entry `end`, or to its end where it is the last one; gives the index after its last entry. */
async function readSegment(
  segment: Segment,
  end: number | null,
  onEntry: (entry: Uint8Array, index: number) => void,
): Promise<number> {
  const bytes = await readFile(segment.path);
  let next = segment.first;
  for (let offset = 0; offset < bytes.length && next !== end; ) {
    const reading = readFrame(bytes, offset);
    if (reading.kind === "corrupt") throw corrupt(segment.path, offset, reading.what);
    if (reading.kind === "torn") {
      if (end === null) return next;
      throw corrupt(segment.path, offset, "ends inside a frame");
    }
    const { first, count, body } = reading.frame;
    const entries = decodeBundle(body, count);
    if (first !== next || !entries.ok || entries.value.length !== count)
      throw corrupt(segment.path, offset, "a frame does not follow the one before it");
    entries.value.forEach((entry, at) => onEntry(entry, first + at));
    next += count;
    offset = reading.next;
  }
  return next;
}
