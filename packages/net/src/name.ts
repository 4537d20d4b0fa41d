// Canonical DNS names. Read url.ts next for hosts inside URLs.
import { failure, quoted } from "./internal/failure.ts";
import { hostUrl } from "./internal/globals.ts";
import type { Result } from "./result.ts";

/** Longest name in text form, without the root's dot: 255 bytes on the wire less the length bytes (RFC 1035 §2.3.4). */
export const MAX_NAME_BYTES = 253;

/** Longest label (RFC 1035 §2.3.4). */
export const MAX_LABEL_BYTES = 63;

/**
 * Reads a DNS name and returns its one canonical form: lower-case, A-labels (RFC 5891), no trailing dot.
 *
 * Shape: letters, digits, hyphens and underscores in labels of 1–63 bytes, 253 bytes in all; a hyphen neither starts
 * nor ends a label. An international name is mapped by the host's URL parser (UTS 46).
 *
 * Errors: `net/name-empty`, `net/name-too-long`, `net/name-label-empty`, `net/name-label-too-long`,
 * `net/name-character`, `net/name-hyphen`, `net/name-numeric` (the last label is a number: that is an address, or
 * would be taken for one by WHATWG URL parsers), `net/name-international`.
 *
 * Cost: one pass; a name that is canonical already is returned without a copy.
 * Source: RFC 1035 §2.3, RFC 1123 §2.1, RFC 2181 §11, RFC 5891; underscore labels RFC 8552.
 */
export function parseName(text: string): Result<string> {
  if (typeof text !== "string" || text === "" || text === ".") {
    return failure("name-empty", EMPTY);
  }
  const bare = text.endsWith(".") ? text.slice(0, -1) : text;
  // Bounds the work of the mapping below; only text full of ignorable characters could still have fitted.
  if (bare.length > MAX_NAME_BYTES * 4) {
    return failure(
      "name-too-long",
      `a name has ${MAX_NAME_BYTES} bytes at most; this has ${bare.length} characters`,
    );
  }
  if (!isAscii(bare)) return parseInternational(text);
  return parseAscii(bare);
}

/**
 * The name one label up, or null for a single label: `www.a.example` to `a.example`.
 *
 * Input: a canonical name. Cost: one scan and one slice.
 */
export function parentName(name: string): string | null {
  const dot = name.indexOf(".");
  return dot < 0 ? null : name.slice(dot + 1);
}

function parseAscii(bare: string): Result<string> {
  if (bare.length > MAX_NAME_BYTES) {
    return failure(
      "name-too-long",
      `a name has ${MAX_NAME_BYTES} bytes at most; ${quoted(bare)} has ${bare.length}`,
    );
  }
  let labelStart = 0;
  let upper = false;
  for (let index = 0; index <= bare.length; index += 1) {
    const code = index === bare.length ? DOT : bare.charCodeAt(index);
    if (code === DOT) {
      const fault = labelFault(bare, labelStart, index);
      if (fault !== null) return fault;
      labelStart = index + 1;
    } else if (code >= UPPER_A && code <= UPPER_Z) upper = true;
    else if (!isNameByte(code)) {
      return failure(
        "name-character",
        `${quoted(bare)} has a character that no name has: ${quoted(bare.charAt(index))}`,
        "a name has letters, digits, hyphens, underscores and dots only; write no scheme, port or path",
        index,
      );
    }
  }
  // Only a last label that starts with a digit can be a number; most names are done here.
  const lastStart = bare.lastIndexOf(".") + 1;
  const first = bare.charCodeAt(lastStart);
  if (first >= 0x30 && first <= 0x39 && /^(?:\d+|0x[0-9a-f]*)$/i.test(bare.slice(lastStart))) {
    return failure(
      "name-numeric",
      `${quoted(bare)} ends in a number, so it is an address or would be taken for one`,
      "write an address as an address prefix selector",
    );
  }
  return { ok: true, value: upper ? bare.toLowerCase() : bare };
}

function labelFault(bare: string, start: number, end: number): Result<never> | null {
  if (start === end) {
    return failure("name-label-empty", `${quoted(bare)} has an empty label`, "remove the extra dot", start);
  }
  if (end - start > MAX_LABEL_BYTES) {
    return failure(
      "name-label-too-long",
      `a label has ${MAX_LABEL_BYTES} bytes at most; ${quoted(bare.slice(start, end))} has ${end - start}`,
      undefined,
      start,
    );
  }
  if (bare.charCodeAt(start) === HYPHEN || bare.charCodeAt(end - 1) === HYPHEN) {
    return failure(
      "name-hyphen",
      `the label ${quoted(bare.slice(start, end))} starts or ends with a hyphen`,
      undefined,
      start,
    );
  }
  return null;
}

// The URL parser decodes percent signs and reads numbers as addresses, so only text without ASCII characters that
// mean something to it may reach it.
function parseInternational(text: string): Result<string> {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x80 && code !== DOT && !isNameByte(code) && !(code >= UPPER_A && code <= UPPER_Z)) {
      return failure(
        "name-character",
        `${quoted(text)} has a character that no name has: ${quoted(text.charAt(index))}`,
        undefined,
        index,
      );
    }
  }
  // Chromium decodes percent signs that the mapping made of full-width and small ones; the others refuse them.
  const mapped = text.normalize("NFKC").includes("%") ? "" : (hostUrl(`http://${text}/`)?.hostname ?? "");
  if (mapped === "" || !isAscii(mapped) || mapped.startsWith("[")) {
    return failure(
      "name-international",
      `${quoted(text)} is no valid international name`,
      "check the spelling, or write its A-label form (xn--...)",
    );
  }
  // An ideographic dot alone is the root, too.
  if (mapped === ".") return failure("name-empty", EMPTY);
  // Only now, since other characters are dots too (UTS 46), and only one of them is the root's.
  const name = parseAscii(mapped.endsWith(".") ? mapped.slice(0, -1) : mapped);
  // A position in the mapped text is none in what was given.
  return name.ok ? name : { ok: false, issue: { ...name.issue, offset: undefined } };
}

const EMPTY = "a name is expected and nothing was found";
const DOT = 0x2e;
const HYPHEN = 0x2d;
const UPPER_A = 0x41;
const UPPER_Z = 0x5a;

function isNameByte(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === HYPHEN || code === 0x5f;
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}
