// A list that is held as bytes, as a selector names it: its format and, in a file of many lists, its category.
import { type ListEvents, type ListReading, readList, streamList } from "@demarc/lists";
import { sha256Hex } from "@demarc/matcher/format";
import type { Selector } from "@demarc/policy";
import type { CompileInput } from "./compile-input.ts";
import { utf8Decoder } from "./internal/globals.ts";

type ListSelector = Extract<Selector, { readonly type: "list" }>;

const PIECE_BYTES = 1 << 16;

/** Whether a list is what its format says: valid UTF-8, where it is text. */
export function isReadable({ format }: ListSelector, bytes: Uint8Array): boolean {
  if (isBinary(format)) return true;
  const decoder = utf8Decoder();
  // Where a piece of other characters may end within one.
  let isOpen = false;
  try {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      const isPlain = isAscii(piece);
      if (isOpen || !isPlain) decoder.decode(piece, { stream: true });
      isOpen = !isPlain;
    }
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads a list without ever having it as text, or its entries, as a whole. Returns how many lines it has, and how many diagnostics
 * there were. A file of many lists without the category that is asked for gives no entries and the code `lists/dat-code`.
 */
export function streamSelectedList(
  { format, category }: ListSelector,
  bytes: Uint8Array,
  events: ListEvents,
): { readonly lines: number; readonly diagnostics: number } {
  let diagnostics = 0;
  const stream = streamList(
    format,
    {
      ...events,
      onDiagnostic: (diagnostic) => {
        diagnostics += 1;
        events.onDiagnostic?.(diagnostic);
      },
    },
    isBinary(format) ? { code: category } : {},
  );
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) stream.push(bytes.subarray(at, at + PIECE_BYTES));
  return { lines: stream.end().lines, diagnostics };
}

/** A list as a whole; null where it is not readable. */
export function readSelectedList(selector: ListSelector, bytes: Uint8Array): ListReading | null {
  if (!isReadable(selector, bytes)) return null;
  return readList(selector.format, bytes, isBinary(selector.format) ? { code: selector.category } : {});
}

/** The list that a selector names, read; null where it is not to be had, is another one, or is not readable. */
export function listOfSelector(selector: ListSelector, input: CompileInput): ListReading | null {
  const list = input.lists.find((each) => each.ref === selector.ref);
  if (list === undefined || sha256Hex(list.bytes) !== selector.sha256) return null;
  return readSelectedList(selector, list.bytes);
}

function isBinary(format: ListSelector["format"]): boolean {
  return format === "geosite-dat" || format === "geoip-dat";
}

function isAscii(bytes: Uint8Array): boolean {
  let all = 0;
  for (let at = 0; at < bytes.length; at += 1) all |= bytes[at] as number;
  return all < 0x80;
}
