import { concatBytes, fromBase64, toBase64, utf8 } from "./bytes.ts";
import { type AuditResult, refuse, succeed } from "./result.ts";

/** One signature line of a note: key name, the 4-byte key id as an unsigned number, the signature bytes. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: number;
  readonly signature: Uint8Array;
}

/** A signed note (C2SP signed-note): `text` ends in a newline and is what the signatures are over. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Longest note read, in UTF-16 code units, and most signatures; the specification asks for at least 16. */
export const MAX_NOTE_LENGTH = 1_000_000;
const MAX_SIGNATURES = 100;

/** True for a key name that a signature line can carry: not empty, no Unicode space, no plus. */
export function isKeyName(name: string): boolean {
  return name.length > 0 && !/[\p{White_Space}\p{Surrogate}+]/u.test(name);
}

/** True when a text holds a character below U+0020 other than newline, or is not well-formed Unicode: no note may. */
export function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20 && unit !== 0x0a) return true;
  }
  return /\p{Surrogate}/u.test(text);
}

/** Writes a note. The text must end in a newline; `parseNote` tells of anything that could not be read back. */
export function formatNote(note: Note): string {
  const lines = note.signatures.map(({ name, keyId, signature }) => {
    const id = new Uint8Array(4);
    new DataView(id.buffer).setUint32(0, keyId);
    return `— ${name} ${toBase64(concatBytes([id, signature]))}\n`;
  });
  return `${note.text}\n${lines.join("")}`;
}

function parseSignature(line: string): NoteSignature | null {
  const [dash, name, encoded, ...rest] = line.split(" ");
  if (dash !== "—" || name === undefined || encoded === undefined || rest.length > 0 || !isKeyName(name))
    return null;
  const bytes = fromBase64(encoded);
  if (bytes === null || bytes.length < 5) return null;
  const keyId = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  return { name, keyId, signature: bytes.subarray(4) };
}

const fail = (what: string): AuditResult<never> => refuse("audit/note-malformed", what);

/**
 * Reads a signed note without checking its signatures (C2SP signed-note).
 *
 * Errors: `audit/note-malformed`, also for a text that would not be written the same way again.
 */
export function parseNote(text: string): AuditResult<Note> {
  if (text.length > MAX_NOTE_LENGTH) return fail(`note longer than ${MAX_NOTE_LENGTH} characters`);
  if (hasControl(text)) return fail("control character in the note");
  const split = text.lastIndexOf("\n\n");
  if (split < 0) return fail("no blank line before the signatures");
  const body = text.slice(0, split + 1);
  const block = text.slice(split + 2);
  if (block === "" || !block.endsWith("\n")) return fail("the signatures do not end in a newline");
  const lines = block.slice(0, -1).split("\n");
  if (lines.length > MAX_SIGNATURES) return fail(`more than ${MAX_SIGNATURES} signatures`);
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignature(line);
    if (signature === null) return fail(`malformed signature line \`${line.slice(0, 80)}\``);
    signatures.push(signature);
  }
  const note: Note = { text: body, signatures };
  return formatNote(note) === text ? succeed(note) : fail("note is not in canonical form");
}

/** The bytes that the signatures of a note are over. */
export function signedBytes(note: Pick<Note, "text">): Uint8Array {
  return utf8(note.text);
}
