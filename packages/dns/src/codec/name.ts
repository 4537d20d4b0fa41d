import type { Result } from "@demarc/net";
import { type DnsIssue, failure } from "./issue.ts";

/** Longest name on the wire, length bytes and root included. Source: RFC 1035 §2.3.4. */
export const MAX_NAME_BYTES = 255;
/** Longest label, bytes. Source: RFC 1035 §2.3.4. */
export const MAX_LABEL_BYTES = 63;
/** More pointers than labels fit into a name serve nobody but the sender of a chain of them. */
const MAX_POINTERS = 127;

/** A name read from a message, and where the bytes after it start. */
export interface ReadName {
  readonly name: string;
  readonly end: number;
}

/**
 * The name at `offset`, compression followed.
 *
 * A pointer must lead to before the part of the name that it ends (RFC 1035 §4.1.4: "a prior occurrence"), so a
 * loop can not be written and the work is bounded by the 255 bytes a name may have.
 */
export function readName(bytes: Uint8Array, offset: number): Result<ReadName, DnsIssue> {
  let text = "";
  let at = offset;
  let partStart = offset;
  let end = -1;
  let length = 1;
  let pointers = 0;
  for (;;) {
    const size = bytes[at];
    if (size === undefined)
      return failure("dns/name-overrun", "the name runs past the end of the message", at);
    if (size === 0) break;
    if ((size & 0xc0) === 0xc0) {
      const low = bytes[at + 1];
      if (low === undefined)
        return failure("dns/name-overrun", "the pointer runs past the end of the message", at);
      const target = ((size & 0x3f) << 8) | low;
      if (target >= partStart || ++pointers > MAX_POINTERS) {
        return failure(
          "dns/pointer-forward",
          `the pointer at ${at} leads to ${target}, not to before the name`,
          at,
        );
      }
      if (end === -1) end = at + 2;
      at = target;
      partStart = target;
      continue;
    }
    if (size > MAX_LABEL_BYTES) return failure("dns/label-type", `label type ${size >> 6} is not in use`, at);
    length += size + 1;
    if (length > MAX_NAME_BYTES) return failure("dns/name-too-long", "the name is longer than 255 bytes", at);
    if (at + 1 + size > bytes.length) {
      return failure("dns/name-overrun", "the label runs past the end of the message", at);
    }
    if (text !== "") text += ".";
    for (let index = at + 1; index <= at + size; index++) text += LABEL_TEXT[bytes[index] ?? 0];
    at += size + 1;
  }
  return { ok: true, value: { name: text === "" ? "." : text, end: end === -1 ? at + 1 : end } };
}

/** Presentation form of each byte inside a label. */
const LABEL_TEXT: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  if (character === "." || character === "\\") return `\\${character}`;
  return byte > 0x20 && byte < 0x7f ? character : `\\${String(byte).padStart(3, "0")}`;
});
