import type { ListReading } from "../list-reading.ts";
import { utf8Decoder } from "./globals.ts";
import { ReadingCollector } from "./reading-collector.ts";
import { RecordPump } from "./record-pump.ts";

/** A list of text that is not made of lines, read piece by piece. */
export interface TextHandler {
  readonly push: (piece: string) => void;
  readonly end: () => void;
}

// Bytes are decoded in pieces, so that the text is not there beside them as a whole.
const PIECE_BYTES = 65_536;

/** Feeds a whole list to its reader, and collects what it says. Duplicates are dropped. */
export function readText(
  list: string | Uint8Array,
  handlerOf: (pump: RecordPump) => TextHandler,
): ListReading {
  const collector = new ReadingCollector();
  const pump = new RecordPump(collector);
  const handler = handlerOf(pump);
  if (typeof list === "string") handler.push(list);
  else {
    const decoder = utf8Decoder();
    for (let from = 0; from < list.length; from += PIECE_BYTES)
      handler.push(decoder.decode(list.subarray(from, from + PIECE_BYTES), { stream: true }));
    handler.push(decoder.decode());
  }
  handler.end();
  return collector.reading(pump.counts);
}
