// Reading files of a site's folder, and only of that folder: a path that leaves it, also through a link, is refused.
import { lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { Effect } from "effect";
import type { SiteIssue } from "./site-refused.ts";

/** Largest file that is read, in bytes. */
export const MAX_FILE_BYTES: number = 256 * 1024 * 1024;

const MAX_FILES = 10_000;

/** Reads a file below `directory`; the error is an issue that names `path` as it was written. */
export const readSiteFile = (directory: string, path: string): Effect.Effect<Uint8Array, SiteIssue> =>
  Effect.try({
    try: () => {
      const file = resolve(directory, path);
      if (isOutside(directory, file) || isAbsolute(path))
        return fault(
          "site/outside",
          path,
          `\`${path}\` leads out of the site's folder`,
          "keep every file of a site below its folder",
        );
      const real = realpathSync(file);
      if (isOutside(realpathSync(directory), real))
        return fault(
          "site/outside",
          path,
          `\`${path}\` is a link that leads out of the site's folder`,
          "copy the file into the site's folder",
        );
      const stats = statSync(real);
      const { size } = stats;
      if (!isEnding(stats))
        return fault("site/unreadable", path, `\`${path}\` ${NEVER_ENDS}`, "put a file in its place");
      if (size > MAX_FILE_BYTES)
        return fault(
          "site/too-large",
          path,
          `\`${path}\` has ${size} bytes; ${MAX_FILE_BYTES} at most`,
          "split it",
        );
      return { ok: true, bytes: new Uint8Array(readFileSync(real)) } as const;
    },
    catch: (cause): SiteIssue => ({
      code: "site/unreadable",
      severity: "error",
      file: path,
      message: `\`${path}\` can not be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      help: "check that it is there and may be read",
    }),
  }).pipe(Effect.flatMap((read) => (read.ok ? Effect.succeed(read.bytes) : Effect.fail(read.issue))));

/** What is said of a pipe or a device. */
export const NEVER_ENDS = "is no file: reading it might never end";

/** Whether what is read has an end: a file, or a folder, which can not be read at all. */
export function isEnding(stats: Stats): boolean {
  return stats.isFile() || stats.isDirectory();
}

function fault(
  code: string,
  file: string,
  message: string,
  help: string,
): { readonly ok: false; readonly issue: SiteIssue } {
  return { ok: false, issue: { code, severity: "error", file, message, help } };
}

function isOutside(directory: string, file: string): boolean {
  const path = relative(directory, file);
  return path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path);
}

// What a link leads to can change while the link stays; undefined when it leads nowhere.
function targetOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function stampOf(stats: Stats | undefined): string {
  return stats === undefined ? "none" : `${stats.size} ${stats.mtimeMs} ${stats.ino}`;
}

/**
 * A text that changes whenever a file of the folder changes, appears or goes: names, sizes and times, not contents.
 * A link counts with what it leads to, a linked folder without the files in it.
 * The empty text when the folder can not be read.
 */
export function fingerprintOf(directory: string): string {
  const lines: string[] = [];
  const visit = (folder: string): void => {
    for (const name of readdirSync(folder).sort()) {
      if (name.startsWith(".") || lines.length > MAX_FILES) continue;
      const path = join(folder, name);
      const stats = lstatSync(path);
      if (stats.isDirectory()) visit(path);
      else lines.push(`${path} ${stampOf(stats)} ${stats.isSymbolicLink() ? stampOf(targetOf(path)) : ""}`);
    }
  };
  try {
    visit(directory);
  } catch {
    return "";
  }
  return lines.join("\n");
}
