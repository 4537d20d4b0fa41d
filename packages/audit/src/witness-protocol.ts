import { fromBase64, parseDecimal, toBase64, toHex, utf8 } from "./bytes.ts";
import { parseSignedCheckpoint, type SignedCheckpoint } from "./checkpoint.ts";
import { HASH_LENGTH, type Hash, sha256 } from "./hash.ts";
import { formatNote, type NoteSignature, parseNote } from "./note.ts";
import { type AuditResult, refuse, succeed } from "./result.ts";

/** Most hashes that an `add-checkpoint` request may carry (C2SP tlog-witness). */
export const MAX_PROOF_LINES = 63;

/** The body of an `add-checkpoint` request (C2SP tlog-witness). `checkpoint` is the signed note, verbatim. */
export interface AddCheckpoint {
  readonly oldSize: number;
  readonly proof: readonly Uint8Array[];
  readonly checkpoint: string;
}

/** Writes the body of an `add-checkpoint` request. */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  return `${[`old ${oldSize}`, ...proof.map(toBase64)].join("\n")}\n\n${checkpoint}`;
}

const fail = (what: string): AuditResult<never> => refuse("audit/request-malformed", what);

/**
 * Reads the body of an `add-checkpoint` request; signatures and proof are not checked.
 *
 * Errors: `audit/request-malformed`; those of `parseSignedCheckpoint`.
 */
export function parseAddCheckpoint(
  text: string,
): AuditResult<AddCheckpoint & { readonly signed: SignedCheckpoint }> {
  const split = text.indexOf("\n\n");
  if (split < 0) return fail("no empty line before the checkpoint");
  const [first = "", ...lines] = text.slice(0, split).split("\n");
  const oldSize = first.startsWith("old ") ? parseDecimal(first.slice("old ".length)) : null;
  if (oldSize === null) return fail("the first line is not `old` and a size");
  if (lines.length > MAX_PROOF_LINES) return fail(`more than ${MAX_PROOF_LINES} proof lines`);
  const proof: Uint8Array[] = [];
  for (const line of lines) {
    const hash = fromBase64(line);
    if (hash === null || hash.length !== HASH_LENGTH) return fail(`\`${line.slice(0, 60)}\` is not a hash`);
    proof.push(hash);
  }
  const checkpoint = text.slice(split + 2);
  const signed = parseSignedCheckpoint(checkpoint);
  return signed.ok ? succeed({ oldSize, proof, checkpoint, signed: signed.value }) : signed;
}

/** Where a witness serves the checkpoint of a log: `<sha256 of the origin>/checkpoint` below its monitoring prefix. */
export function witnessedPath(origin: string, hash: Hash = sha256): string {
  return `${toHex(hash(utf8(origin)))}/checkpoint`;
}

/**
 * The signature lines that a witness answered with. Errors: `audit/note-malformed`.
 */
export function parseCosignatureLines(text: string, body: string): AuditResult<readonly NoteSignature[]> {
  const note = parseNote(`${body}\n${text}`);
  return note.ok ? succeed(note.value.signatures) : note;
}

/** A signed checkpoint with more signatures; one that is there already is not added again. */
export function withSignatures(checkpoint: string, added: readonly NoteSignature[]): AuditResult<string> {
  const note = parseNote(checkpoint);
  if (!note.ok) return note;
  const { text, signatures } = note.value;
  const fresh = added.filter(
    (each) => !signatures.some(({ name, keyId }) => name === each.name && keyId === each.keyId),
  );
  return succeed(formatNote({ text, signatures: [...signatures, ...fresh] }));
}
