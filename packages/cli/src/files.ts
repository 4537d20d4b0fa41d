// Files that a command reads and writes. A file is replaced whole or not at all, so a full disk costs no document.
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
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

/** The bytes of a file; `cli/unreadable` when it is not there, not a file, or not ours to read. */
export const readBytes = (file: string): Effect.Effect<Buffer, InputFault> =>
  Effect.try({
    try: () => readFileSync(file),
    catch: (cause) =>
      new InputFault({ code: "cli/unreadable", message: `\`${file}\` can not be read: ${reasonOf(cause)}` }),
  });

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
