// Files that a command reads and writes. A file is replaced whole or not at all, so a full disk costs no document.
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { Effect } from "effect";
import { InputFault } from "./exit.ts";

/** A path as a person would type it from here: relative where it is below the working folder. */
export function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere === "" || fromHere.startsWith("..") ? path : fromHere;
}

/** Most bytes of a file that is read: 1 GiB. */
const MAX_BYTES = 2 ** 30;

/** Bytes that are read at once of what does not say how many it has. */
const PART_BYTES = 2 ** 20;

/** The bytes of a file; `cli/unreadable` when it is not there, not a file, not ours to read, or has more than 1 GiB. */
export const readBytes = (file: string): Effect.Effect<Buffer, InputFault> =>
  Effect.try({
    try: () => readWhole(file),
    catch: (cause) =>
      new InputFault({
        code: "cli/unreadable",
        message: `\`${file}\` can not be read: ${reasonOf(cause)}`,
        help: "check that it is a file, and that you may read it",
      }),
  });

// Pipes and devices do not say how much there is, and some never end.
function readWhole(file: string): Buffer {
  const tooLarge = "it has more than 1 GiB; split it";
  const stats = statSync(file);
  if (stats.size > MAX_BYTES) throw new Error(tooLarge);
  if (stats.isFile() && stats.size > 0) return readFileSync(file);
  const descriptor = openSync(file, "r");
  try {
    const parts: Buffer[] = [];
    for (let size = 0; ; ) {
      const part = Buffer.allocUnsafe(PART_BYTES);
      const count = readPart(descriptor, part);
      if (count === 0) return Buffer.concat(parts, size);
      size += count;
      if (size > MAX_BYTES) throw new Error(tooLarge);
      parts.push(part.subarray(0, count));
    }
  } finally {
    closeSync(descriptor);
  }
}

// A pipe that nobody wrote to yet says so where it does not wait; then it is asked again.
function readPart(descriptor: number, into: Buffer): number {
  for (;;)
    try {
      return readSync(descriptor, into);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
}

/** The text of a UTF-8 file; `cli/unreadable` as for `readBytes`, and when it is not UTF-8. */
export const readText = Effect.fnUntraced(function* (file: string): Effect.fn.Return<string, InputFault> {
  const bytes = yield* readBytes(file);
  return yield* Effect.try({
    try: () => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes),
    catch: () =>
      new InputFault({
        code: "cli/unreadable",
        message: `\`${file}\` is not UTF-8`,
        help: "save it as UTF-8",
      }),
  });
});

/** Writes a file whole: beside its place first, then into it; `cli/unwritable` otherwise, and the old file stays. */
export const writeWhole = (file: string, content: string | Uint8Array): Effect.Effect<void, InputFault> =>
  Effect.try({
    try: () => replace(file, typeof content === "string" ? Buffer.from(content) : content),
    catch: (cause) =>
      new InputFault({
        code: "cli/unwritable",
        message: `\`${file}\` can not be written: ${reasonOf(cause)}`,
        help: "nothing was changed; look at the folder, its rights and the space left",
      }),
  });

/**
 * Where a file is written before it takes its place: beside it, with the rights of the old one. Null for a pipe or a device such as
 * /dev/stdout, which has no place beside it. Throws for a folder.
 */
export function placeBeside(file: string): { readonly path: string; readonly mode: number } | null {
  const old = statSync(file, { throwIfNoEntry: false });
  if (old?.isDirectory() === true) throw new Error("it is a folder");
  if (old !== undefined && !old.isFile()) return null;
  return { path: join(dirname(file), `.${basename(file)}.${process.pid}.new`), mode: old?.mode ?? 0o666 };
}

function replace(file: string, bytes: Uint8Array): void {
  const beside = placeBeside(file);
  if (beside === null) {
    write(openSync(file, "w"), bytes);
    return;
  }
  try {
    const descriptor = openSync(beside.path, "wx", beside.mode);
    write(descriptor, bytes);
    renameSync(beside.path, file);
  } catch (error) {
    rmSync(beside.path, { force: true });
    throw error;
  }
}

function write(descriptor: number, bytes: Uint8Array): void {
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    try {
      fsyncSync(descriptor);
    } catch (error) {
      // Pipes and terminals can not be synced.
      if ((error as NodeJS.ErrnoException).code !== "EINVAL") throw error;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Why a file could not be used, in the system's words. */
export const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
