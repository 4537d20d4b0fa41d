import { fromBase64, parseDecimal, toBase64 } from "./bytes.ts";
import { verifyNote } from "./ed25519.ts";
import { HASH_LENGTH } from "./hash.ts";
import type { VerifierKey } from "./key.ts";
import { hasControl, type Note, parseNote } from "./note.ts";
import { type AuditResult, refuse, succeed } from "./result.ts";

/**
 * A log's statement of its state (C2SP tlog-checkpoint).
 *
 *   origin      identity of the log
 *   size        entries in the tree, at most 2^53 - 1
 *   root        32-byte root hash of the tree
 *   extensions  further lines; logs of this package write none
 */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly extensions: readonly string[];
}

/** The note text of a checkpoint, to be signed. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  const lines = [
    checkpoint.origin,
    String(checkpoint.size),
    toBase64(checkpoint.root),
    ...checkpoint.extensions,
  ];
  return `${lines.join("\n")}\n`;
}

const fail = (what: string): AuditResult<never> => refuse("audit/checkpoint-malformed", what);

/**
 * Reads the text of a checkpoint, without the blank line and signatures.
 *
 * Errors: `audit/checkpoint-malformed`, also for any text that would not be written the same way again;
 * `audit/checkpoint-size` for a size that is not a canonical decimal or above 2^53 - 1.
 */
export function parseCheckpoint(text: string): AuditResult<Checkpoint> {
  if (!text.endsWith("\n")) return fail("checkpoint does not end in a newline");
  if (hasControl(text)) return fail("control character in the checkpoint");
  const [origin, sizeText, rootText, ...extensions] = text.slice(0, -1).split("\n");
  if (origin === undefined || sizeText === undefined || rootText === undefined) {
    return fail("a checkpoint has at least three lines");
  }
  if (origin === "" || extensions.includes("")) return fail("empty line in the checkpoint");
  const size = parseDecimal(sizeText);
  if (size === null)
    return refuse("audit/checkpoint-size", `\`${sizeText.slice(0, 40)}\` is not a tree size`);
  const root = fromBase64(rootText);
  if (root === null || root.length !== HASH_LENGTH)
    return fail("root hash is not 32 bytes of canonical base64");
  const checkpoint: Checkpoint = { origin, size, root, extensions };
  return formatCheckpoint(checkpoint) === text
    ? succeed(checkpoint)
    : fail("checkpoint is not in canonical form");
}

/** A checkpoint with the note that it came in. */
export interface SignedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly note: Note;
}

/** Reads a signed checkpoint without checking signatures. Errors: those of `parseNote` and `parseCheckpoint`. */
export function parseSignedCheckpoint(text: string): AuditResult<SignedCheckpoint> {
  const note = parseNote(text);
  if (!note.ok) return note;
  const checkpoint = parseCheckpoint(note.value.text);
  return checkpoint.ok ? succeed({ checkpoint: checkpoint.value, note: note.value }) : checkpoint;
}

/**
 * Reads a signed checkpoint and checks that the log signed it. The origin must be the key's name.
 *
 * Errors: those of `parseSignedCheckpoint` and `verifyNote`; `audit/checkpoint-origin`.
 */
export async function verifyCheckpoint(
  text: string,
  key: VerifierKey,
): Promise<AuditResult<SignedCheckpoint>> {
  const signed = parseSignedCheckpoint(text);
  if (!signed.ok) return signed;
  const { origin } = signed.value.checkpoint;
  if (origin !== key.name) {
    return refuse(
      "audit/checkpoint-origin",
      `checkpoint of \`${origin}\`, but the key is of \`${key.name}\``,
    );
  }
  const verified = await verifyNote(signed.value.note, [key]);
  return verified.ok ? signed : verified;
}
