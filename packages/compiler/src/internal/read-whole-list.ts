// A list that is held as bytes, read without ever having it as text, or its entries, as a whole.
import { type ListEvents, type ListFormat, streamList } from "@demarc/lists";
import { utf8Decoder } from "./globals.ts";

const PIECE_BYTES = 1 << 16;

/** Whether bytes are valid UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  const decoder = utf8Decoder();
  try {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES)
      decoder.decode(bytes.subarray(at, at + PIECE_BYTES), { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

/** Reads a list; returns how many lines it has, and how many diagnostics there were. */
export function streamWhole(
  format: ListFormat,
  bytes: Uint8Array,
  events: ListEvents,
): { readonly lines: number; readonly diagnostics: number } {
  let diagnostics = 0;
  const stream = streamList(format, {
    ...events,
    onDiagnostic: (diagnostic) => {
      diagnostics += 1;
      events.onDiagnostic?.(diagnostic);
    },
  });
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) stream.push(bytes.subarray(at, at + PIECE_BYTES));
  return { lines: stream.end().lines, diagnostics };
}
