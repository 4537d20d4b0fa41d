import { formatPrefix } from "@demarc/net";
import type { DatOptions } from "./geosite-dat.ts";
import { type ByteHandler, DatReader } from "./internal/dat-reader.ts";
import { readBytes } from "./internal/read-bytes.ts";
import type { RecordPump, RecordSink } from "./internal/record-pump.ts";
import { readMessage } from "./internal/wire.ts";
import type { ListReading } from "./list-reading.ts";

/** Most prefixes that one list of a geoip.dat file may have. */
export const MAX_GEOIP_PREFIXES = 2_000_000;

/**
 * Reads one list of a geoip.dat file (v2fly, Xray): its prefixes. A list that stands for everything but its prefixes
 * (`inverse_match`) is left out (`lists/geoip-inverse`): it would match more than it names.
 *
 * Errors: never fails; `lists/dat-form`, `lists/dat-code`, `lists/dat-item`, `lists/geoip-inverse`, `lists/geoip-too-many`,
 * `net/prefix-...`. Diagnostics have an `offset` in bytes; `line` is the number of the item.
 * Source: v2ray-core, app/router/routercommon/common.proto (GeoIPList).
 */
export function readGeoipDat(bytes: Uint8Array, options: DatOptions = {}): ListReading {
  return readBytes(bytes, (pump) => geoipDatBytes(pump, options));
}

/** The reader of `readGeoipDat`, piece by piece. It holds the prefixes of the list, since `inverse_match` follows them. */
export function geoipDatBytes(pump: RecordPump, options: DatOptions): ByteHandler {
  let held: { readonly bytes: Uint8Array; readonly offset: number }[] = [];
  let isInverse = false;
  return new DatReader(
    options.code,
    {
      item: (bytes, offset) => {
        if (held.length < MAX_GEOIP_PREFIXES) held.push({ bytes: bytes.slice(), offset });
        else
          pump.record(
            "",
            (sink) =>
              sink.diagnose("lists/geoip-too-many", `a list has ${MAX_GEOIP_PREFIXES} prefixes at most`),
            { offset },
          );
      },
      field: (id, value) => {
        if (id === 3) isInverse = value !== 0;
      },
      end: () => {
        for (const { bytes, offset } of held)
          pump.record("", (sink) => (isInverse ? refuse(sink) : readCidr(sink, bytes)), { offset });
        held = [];
        isInverse = false;
      },
    },
    pump,
  );
}

function refuse(sink: RecordSink): void {
  sink.diagnose("lists/geoip-inverse", "the list stands for everything but this prefix; left out");
}

function readCidr(sink: RecordSink, bytes: Uint8Array): void {
  const fields = readMessage(bytes);
  const address = fields?.findLast(({ id }) => id === 1)?.bytes ?? null;
  const length = fields?.findLast(({ id }) => id === 2)?.value ?? 0;
  if (address === null || (address.length !== 4 && address.length !== 16) || length > address.length * 8)
    return sink.diagnose("lists/dat-item", "an address of 4 or 16 bytes and a length that fits are expected");
  // By way of its text, so that what is canonical is decided in one place.
  sink.cidr(formatPrefix({ address, length }), 1);
}
