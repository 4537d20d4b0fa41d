import type { ListReading } from "../list-reading.ts";
import type { ByteHandler } from "./dat-reader.ts";
import { ReadingCollector } from "./reading-collector.ts";
import { RecordPump } from "./record-pump.ts";

// Keeps what waits to be read small.
const PIECE_BYTES = 65_536;

/** Feeds a whole binary list to its reader, and collects what it says. Duplicates are dropped. */
export function readBytes(bytes: Uint8Array, handlerOf: (pump: RecordPump) => ByteHandler): ListReading {
  const collector = new ReadingCollector();
  const pump = new RecordPump(collector);
  const handler = handlerOf(pump);
  for (let from = 0; from < bytes.length; from += PIECE_BYTES)
    handler.push(bytes.subarray(from, from + PIECE_BYTES));
  handler.end();
  return collector.reading(pump.counts);
}
