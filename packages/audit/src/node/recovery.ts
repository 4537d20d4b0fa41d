import { equalBytes, fromUtf8 } from "../bytes.ts";
import { parseSignedCheckpoint, type SignedCheckpoint, verifyCheckpoint } from "../checkpoint.ts";
import { parseVerifierKey } from "../key.ts";
import { levelLength, TILE_WIDTH } from "../tile.ts";
import { AuditError } from "./audit-error.ts";
import type { AuditKey } from "./key-file.ts";
import { readerFrom } from "./log-reader.ts";
import type { Storage } from "./storage.ts";
import { TileBuilder } from "./tile-builder.ts";

/** The last signed checkpoint with its text, or null for a new log. */
export type Signed = (SignedCheckpoint & { readonly text: string }) | null;

async function readText(storage: Storage, path: string): Promise<string | null> {
  const bytes = await storage.read(path);
  if (bytes === null) return null;
  const text = fromUtf8(bytes);
  if (text !== null) return text;
  throw new AuditError("audit/log-corrupt", `${path} is not UTF-8`, { help: "restore it from a copy" });
}

/**
 * The newest checkpoint that this log signed. `state/signed` is written before `checkpoint`, so the public file may
 * be one behind after a crash, and never ahead.
 *
 * Errors: `audit/behind-signed`, `audit/log-corrupt`, `audit/origin-mismatch`.
 */
export async function lastSigned(storage: Storage, key: AuditKey): Promise<Signed> {
  const [text, published] = await Promise.all([
    readText(storage, "state/signed"),
    readText(storage, "checkpoint"),
  ]);
  const seen = published === null ? null : parseSignedCheckpoint(published);
  const publicSize = seen?.ok ? seen.value.checkpoint.size : 0;
  if (text === null) {
    if (published === null) return null;
    throw new AuditError("audit/behind-signed", `${storage.name} has a checkpoint, but no private state`, {
      help: "restore the `state` directory; to write a new log, use an empty directory and a new key",
    });
  }
  const verifier = parseVerifierKey(key.verifierKey);
  if (!verifier.ok) throw new AuditError(verifier.issue.code, verifier.issue.message);
  const signed = await verifyCheckpoint(text, verifier.value);
  if (!signed.ok) {
    const { code, message } = signed.issue;
    const isForeign = code === "audit/checkpoint-origin" || code === "audit/note-unsigned";
    throw new AuditError(
      isForeign ? "audit/origin-mismatch" : "audit/log-corrupt",
      `state/signed: ${message}`,
      {
        help: isForeign
          ? "open the log with the key that it was begun with"
          : "restore the `state` directory",
      },
    );
  }
  if (publicSize > signed.value.checkpoint.size) {
    throw new AuditError(
      "audit/behind-signed",
      `a checkpoint of ${publicSize} entries is public, but the private state knows of ${signed.value.checkpoint.size}`,
      { help: "the `state` directory is an old copy: restore the newest one" },
    );
  }
  return { ...signed.value, text };
}

/**
 * The right edge of the signed tree, from the public tiles; its root is checked against the signed one.
 *
 * Errors: `audit/log-corrupt`.
 */
export async function restoreTree(storage: Storage, signed: Signed): Promise<TileBuilder> {
  const builder = new TileBuilder();
  if (signed === null || signed.checkpoint.size === 0) return builder;
  const { size, root } = signed.checkpoint;
  const reader = readerFrom(storage.name, storage.read);
  const tiles: Uint8Array[] = [];
  try {
    for (let level = 0; levelLength(level, size) > 0; level += 1) {
      const length = levelLength(level, size);
      const tile = { level, index: Math.floor(length / TILE_WIDTH), width: length % TILE_WIDTH };
      tiles.push(tile.width === 0 ? new Uint8Array(0) : await reader.tile(tile));
    }
    const entries = size % TILE_WIDTH === 0 ? [] : await reader.bundle(Math.floor(size / TILE_WIDTH), size);
    builder.restore(size, tiles, entries);
  } catch (error) {
    if (!(error instanceof AuditError) || error.code === "audit/read-failed") throw error;
    throw new AuditError("audit/log-corrupt", error.message, {
      cause: error,
      help: "restore that file from a copy",
    });
  }
  if (!equalBytes(builder.root(), root)) {
    throw new AuditError(
      "audit/log-corrupt",
      `the tiles in ${storage.name} do not have the root that was signed`,
      {
        help: "`verifyLog` names the damaged file; restore it from a copy",
      },
    );
  }
  return builder;
}
