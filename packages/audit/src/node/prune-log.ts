import { readdir, rm } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { parseDecimal } from "../bytes.ts";
import { endIndex } from "../prune.ts";
import { parseTilePath } from "../tile.ts";
import { AuditError } from "./audit-error.ts";
import { replaceFileDurably } from "./durable-file.ts";
import { type LogReader, openReader, readerOf } from "./log-reader.ts";

/** What a log still gives out. `retention` says, in words or as a URL, when entries may go. */
export interface Retention {
  readonly minimumIndex: number;
  readonly retention: string;
}

/** The public file that states the minimum index: a decimal in the first line, the retention policy in the second. */
const FILE = "minimum-index";

/** The published minimum index of a log; 0, and an empty policy, for a log that is not pruned. */
export async function retentionOf(reader: Pick<LogReader, "file">): Promise<Retention> {
  const bytes = await reader.file(FILE);
  if (bytes === null) return { minimumIndex: 0, retention: "" };
  const [first = "", retention = ""] = new TextDecoder().decode(bytes).split("\n");
  const minimumIndex = parseDecimal(first);
  if (minimumIndex !== null && retention !== "") return { minimumIndex, retention };
  throw new AuditError("audit/log-corrupt", `${FILE} does not hold a decimal and a retention policy`);
}

/** The published minimum index of the log in a directory. */
export function readRetention(directory: string): Promise<Retention> {
  return retentionOf(readerOf(directory));
}

/**
 * Prunes the log in a directory: publishes the minimum index and the retention policy, then deletes the entry bundles
 * that are wholly below it. Tiles stay, so every proof and every checkpoint can still be made and checked. It is safe
 * beside a writer, and again after a crash.
 *
 * Errors: `audit/prune-refused` without a policy, for an index above the checkpoint's size or below the published one.
 */
export async function pruneLog(
  directory: string,
  { minimumIndex, retention }: Retention,
): Promise<{ readonly removed: number }> {
  const path = resolve(directory);
  const { checkpoint } = await (await openReader(path)).checkpoint();
  const before = await readRetention(path);
  const refused = (message: string, help: string) => new AuditError("audit/prune-refused", message, { help });
  if (retention === "" || retention.includes("\n"))
    throw refused("no retention policy was given, in one line", "a log without one must not be pruned");
  if (!Number.isSafeInteger(minimumIndex) || minimumIndex < 0 || minimumIndex > checkpoint.size)
    throw refused(
      `minimum index \`${minimumIndex}\` in a log of ${checkpoint.size} entries`,
      "it is at most the size of the newest checkpoint",
    );
  if (minimumIndex < before.minimumIndex)
    throw refused(
      `minimum index \`${minimumIndex}\`, but ${before.minimumIndex} was published`,
      "it only grows",
    );
  // The statement first: a reader that misses a file can always see why.
  await replaceFileDurably(join(path, FILE), `${minimumIndex}\n${retention}\n`);
  let removed = 0;
  const bundles = join(path, "tile", "entries");
  const names = await readdir(bundles, { recursive: true, withFileTypes: true });
  for (const file of names.filter((each) => each.isFile())) {
    const full = join(file.parentPath, file.name);
    const parsed = parseTilePath(relative(path, full).replaceAll("\\", "/"));
    if (parsed?.kind !== "entries" || endIndex(parsed) > minimumIndex) continue;
    await rm(full, { force: true });
    removed += 1;
  }
  return { removed };
}
