import { type DecisionEntry, type Entry } from "../entry.ts";
import { decodeEntry } from "../entry-codec.ts";
import { inclusionProof } from "../proof.ts";
import { TILE_WIDTH } from "../tile.ts";
import { formatTlogProof } from "../tlog-proof.ts";
import { AuditError } from "./audit-error.ts";
import type { LoggedEntry, LogReader } from "./log-reader.ts";
import { nodeSha256 } from "./node-hash.ts";

/** An entry found in a log, decoded. */
export interface FoundEntry extends LoggedEntry {
  readonly entry: Entry;
}

const hasReference =
  (reference: string) =>
  (entry: Entry): entry is DecisionEntry =>
    entry.type === "decision" && entry.id === reference;

/**
 * The newest entry that fits, or null: the decision with this public reference, or the first that `query` says true
 * to. Searches from the end, bundle by bundle; entries that this version can not decode are passed over.
 *
 * Errors: those of the reader.
 */
export async function findEntry(
  reader: LogReader,
  query: string | ((entry: Entry, index: number) => boolean),
): Promise<FoundEntry | null> {
  const fits = typeof query === "string" ? hasReference(query) : query;
  const { size } = (await reader.checkpoint()).checkpoint;
  for (let bundle = Math.ceil(size / TILE_WIDTH) - 1; bundle >= 0; bundle -= 1) {
    const entries = await reader.bundle(bundle, size);
    for (let at = entries.length - 1; at >= 0; at -= 1) {
      const bytes = entries[at] as Uint8Array;
      const decoded = decodeEntry(bytes);
      const index = bundle * TILE_WIDTH + at;
      if (decoded.ok && fits(decoded.value, index)) return { index, bytes, entry: decoded.value };
    }
  }
  return null;
}

/**
 * The proof that the entry at `index` is in the log, as the text of a `.tlog-proof` file (C2SP tlog-proof), against
 * the newest checkpoint. It needs nothing else to be verified than the entry and the verifier key.
 *
 * Errors: `audit/entry-missing` when the index is not below the checkpoint's size; those of the reader.
 */
export async function proveEntry(reader: LogReader, index: number): Promise<string> {
  const { checkpoint, text } = await reader.checkpoint();
  const path = await inclusionProof(index, checkpoint.size, reader.nodes(checkpoint.size), nodeSha256);
  if (!path.ok) throw new AuditError("audit/entry-missing", path.issue.message);
  return formatTlogProof({ index, path: path.value, checkpoint: text });
}
