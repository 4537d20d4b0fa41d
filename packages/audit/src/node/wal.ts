import { type FileHandle, open, readdir, readFile, truncate, unlink } from "node:fs/promises";
import { join } from "node:path";
import { decodeBundle } from "../entry-bundle.ts";
import { AuditError } from "./audit-error.ts";
import { syncDirectory } from "./durable-file.ts";
import { readFrame } from "./wal-frame.ts";

/** A segment is closed once it is this long, and deleted once its entries are in synced bundles. */
export const SEGMENT_LIMIT: number = 64 * 1024 * 1024;

const segmentName = (first: number): string => `wal-${String(first).padStart(16, "0")}`;

interface Segment {
  readonly first: number;
  readonly path: string;
}

async function listSegments(directory: string): Promise<Segment[]> {
  const names = (await readdir(directory)).filter((name) => /^wal-[0-9]{16}$/.test(name));
  return names.toSorted().map((name) => ({ first: Number(name.slice(4)), path: join(directory, name) }));
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
  #length: number;

  private constructor(directory: string, segments: Segment[], handle: FileHandle, length: number) {
    this.#directory = directory;
    this.#segments = segments;
    this.#handle = handle;
    this.#length = length;
  }

  /**
   * Opens the segments in `directory`, gives every entry from index `from` on to `onEntry` in order, and cuts off the
   * unfinished write of a crash. Entries are views of memory that stays.
   *
   * Errors: `audit/log-corrupt`, `audit/behind-signed` when the segments end before `from`.
   */
  static async open(directory: string, from: number, onEntry: (entry: Uint8Array) => void): Promise<Wal> {
    const segments = await listSegments(directory);
    if (segments.length === 0 && from === 0) return Wal.#start(directory);
    const [oldest] = segments;
    if (oldest === undefined || oldest.first > from) {
      throw new AuditError(
        "audit/behind-signed",
        `the write-ahead log in ${directory} lacks entries before ${from}`,
        {
          help: `a checkpoint of ${from} entries was signed; restore the \`state\` directory, do not start over`,
        },
      );
    }
    let next = oldest.first;
    let length = 0;
    for (const segment of segments) {
      const isLast = segment === segments.at(-1);
      if (segment.first !== next)
        throw corrupt(segment.path, 0, `starts at entry ${segment.first}, not ${next}`);
      const bytes = await readFile(segment.path);
      let offset = 0;
      while (offset < bytes.length) {
        const reading = readFrame(bytes, offset);
        if (reading.kind === "corrupt") throw corrupt(segment.path, offset, reading.what);
        if (reading.kind === "torn") {
          if (!isLast) throw corrupt(segment.path, offset, "ends inside a frame");
          break;
        }
        const { first, count, body } = reading.frame;
        const entries = decodeBundle(body, count);
        if (first !== next || !entries.ok || entries.value.length !== count) {
          throw corrupt(segment.path, offset, "a frame does not follow the one before it");
        }
        entries.value.forEach((entry, at) => {
          if (first + at >= from) onEntry(entry);
        });
        next += count;
        offset = reading.next;
      }
      length = offset;
      if (offset < bytes.length && next >= from) await truncate(segment.path, offset);
    }
    if (next < from) {
      throw new AuditError(
        "audit/behind-signed",
        `the write-ahead log in ${directory} ends at entry ${next}, but a checkpoint of ${from} entries was signed`,
        { help: "entries were cut off: restore the `state` directory from a newer copy, do not start over" },
      );
    }
    const last = segments.at(-1) as Segment;
    const handle = await open(last.path, "r+");
    await handle.sync();
    return new Wal(directory, segments, handle, length);
  }

  static async #start(directory: string): Promise<Wal> {
    const segment: Segment = { first: 0, path: join(directory, segmentName(0)) };
    const handle = await open(segment.path, "w");
    await syncDirectory(directory);
    return new Wal(directory, [segment], handle, 0);
  }

  /** Writes a frame and gives back once it is on disk. `first` is the index of its first entry. */
  async append(first: number, frame: Uint8Array): Promise<void> {
    if (this.#length >= SEGMENT_LIMIT) await this.#rotate(first);
    let written = 0;
    while (written < frame.length) {
      const { bytesWritten } = await this.#handle.write(
        frame,
        written,
        frame.length - written,
        this.#length + written,
      );
      written += bytesWritten;
    }
    await this.#handle.datasync();
    this.#length += frame.length;
  }

  async #rotate(first: number): Promise<void> {
    const path = join(this.#directory, segmentName(first));
    const handle = await open(path, "wx");
    await syncDirectory(this.#directory);
    await this.#handle.close();
    this.#handle = handle;
    this.#segments = [...this.#segments, { first, path }];
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
