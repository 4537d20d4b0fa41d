import { asciiText, type ByteHandler, DatReader } from "./internal/dat-reader.ts";
import { readBytes } from "./internal/read-bytes.ts";
import type { RecordPump, RecordSink } from "./internal/record-pump.ts";
import { readMessage, type WireField } from "./internal/wire.ts";
import type { ListReading } from "./list-reading.ts";

/** Which list of a geosite.dat or geoip.dat file is read. */
export interface DatOptions {
  /** The list's code, in any case: `google`; in a geosite file also with attributes: `google@ads`, `google@-cn`. */
  readonly code?: string | undefined;
}

/**
 * Reads one list of a geosite.dat file (v2fly, Xray): a root domain stands for itself and all below it, a full one for
 * itself alone. Keywords and regular expressions can not be matched exactly by name and are left out and counted
 * (`lists/geosite-keyword`, `lists/geosite-regexp`), as is what an attribute filter does not keep, silently.
 *
 * Errors: never fails; `lists/dat-form` (damaged, cut off, another format), `lists/dat-code` (no such list), `lists/dat-item`,
 * `lists/geosite-type`, `net/name-...`. Diagnostics have an `offset` in bytes; `line` is the number of the item.
 * Source: v2ray-core, app/router/routercommon/common.proto (GeoSiteList).
 */
export function readGeositeDat(bytes: Uint8Array, options: DatOptions = {}): ListReading {
  return readBytes(bytes, (pump) => geositeDatBytes(pump, options));
}

/** The reader of `readGeositeDat`, piece by piece. It holds one item. */
export function geositeDatBytes(pump: RecordPump, options: DatOptions): ByteHandler {
  const [code, ...filters] = options.code?.split("@") ?? [];
  return new DatReader(
    code,
    {
      item: (bytes, offset) => {
        const fields = readMessage(bytes);
        const value = asciiText(fields?.findLast(({ id }) => id === 2)?.bytes ?? NONE);
        pump.record(value, (sink) => readDomain(sink, fields, value, filters), { offset });
      },
      field: () => {},
      end: () => {},
    },
    pump,
  );
}

const NONE = new Uint8Array(0);

function readDomain(
  sink: RecordSink,
  fields: readonly WireField[] | null,
  value: string,
  filters: readonly string[],
): void {
  if (fields === null) return sink.diagnose("lists/dat-item", "the item is damaged; left out");
  const keys = fields
    .filter(({ id }) => id === 3)
    .flatMap(({ bytes }) => readMessage(bytes ?? NONE)?.filter(({ id }) => id === 1) ?? [])
    .map(({ bytes }) => asciiText(bytes ?? NONE).toLowerCase());
  const kept = filters.every((filter) =>
    filter.startsWith("-")
      ? !keys.includes(filter.slice(1).toLowerCase())
      : keys.includes(filter.toLowerCase()),
  );
  if (!kept) return;
  const type = fields.findLast(({ id }) => id === 1)?.value ?? 0;
  if (type === 2) sink.domain(value, "subdomains", 1);
  else if (type === 3) sink.domain(value, "exact", 1);
  else if (type === 0)
    sink.diagnose("lists/geosite-keyword", "a keyword matches parts of other names too; left out");
  else if (type === 1)
    sink.diagnose(
      "lists/geosite-regexp",
      "a regular expression can not be matched exactly by name; left out",
    );
  else sink.diagnose("lists/geosite-type", `the type ${type} is none of keyword, expression, domain, full`);
}
