import { type AuditResult, refuse, succeed } from "./result.ts";
import { TILE_WIDTH } from "./tile.ts";

/** Longest entry that a bundle can carry, in bytes: its length is a uint16 (C2SP tlog-tiles, "Log entries"). */
export const MAX_ENTRY_LENGTH = 65_535;

/**
 * Entries as a bundle: big-endian uint16 length and bytes, one after the other.
 *
 * Errors: `audit/entry-too-large` for an entry over 65,535 bytes.
 */
export function encodeBundle(entries: readonly Uint8Array[]): AuditResult<Uint8Array> {
  let length = 0;
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_LENGTH) {
      return refuse(
        "audit/entry-too-large",
        `entry of ${entry.length} bytes; at most ${MAX_ENTRY_LENGTH} fit a bundle`,
      );
    }
    length += 2 + entry.length;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const entry of entries) {
    bytes[at] = entry.length >> 8;
    bytes[at + 1] = entry.length & 0xff;
    bytes.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return succeed(bytes);
}

/**
 * The entries of a bundle, as views of its bytes.
 *
 * Errors: `audit/bundle-malformed` when the bytes end inside an entry or hold more than `limit` entries.
 */
export function decodeBundle(bytes: Uint8Array, limit: number = TILE_WIDTH): AuditResult<Uint8Array[]> {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (entries.length === limit)
      return refuse("audit/bundle-malformed", `more than ${limit} entries in a bundle`);
    const start = at + 2;
    const end = start + (bytes[at] as number) * 256 + (bytes[at + 1] ?? 0);
    if (start > bytes.length || end > bytes.length) {
      return refuse(
        "audit/bundle-malformed",
        `bundle ends inside entry ${entries.length}, at byte ${bytes.length}`,
      );
    }
    entries.push(bytes.subarray(start, end));
    at = end;
  }
  return succeed(entries);
}
