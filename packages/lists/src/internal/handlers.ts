import { adguardLines } from "../adguard.ts";
import { cidrLines } from "../cidr.ts";
import { type CsvOptions, csvLines } from "../csv.ts";
import { dnsmasqLines } from "../dnsmasq.ts";
import { domainsLines } from "../domains.ts";
import { geoipDatBytes } from "../geoip-dat.ts";
import { type GeositeOptions, geositeLines } from "../geosite.ts";
import { type DatOptions, geositeDatBytes } from "../geosite-dat.ts";
import { hostsLines } from "../hosts.ts";
import type { ListFormat } from "../list-reading.ts";
import { rpzLines } from "../rpz.ts";
import { singBoxText } from "../sing-box.ts";
import { unboundLines } from "../unbound.ts";
import type { ByteHandler } from "./dat-reader.ts";
import type { LineHandler } from "./line-reader.ts";
import type { TextHandler } from "./read-text.ts";
import type { RecordPump } from "./record-pump.ts";

/** What single formats want to know: `include`, `lists`, `name` and `attributes` for `geosite`, `column` and `kind` for `csv`, `code` for `geosite-dat` and `geoip-dat`. */
export interface ReadListOptions extends GeositeOptions, CsvOptions, DatOptions {}

/** Formats that are bytes, not lines of text. */
export type BinaryFormat = "geosite-dat" | "geoip-dat";

/** Formats that are text, but not made of lines. */
export type TextFormat = "sing-box";

const HANDLERS: Readonly<
  Record<Exclude<ListFormat, BinaryFormat | TextFormat>, (options: ReadListOptions) => LineHandler>
> = {
  domains: domainsLines,
  hosts: hostsLines,
  adguard: adguardLines,
  dnsmasq: dnsmasqLines,
  unbound: unboundLines,
  rpz: rpzLines,
  geosite: geositeLines,
  cidr: cidrLines,
  csv: csvLines,
};

/** How a format is read, or null where it is not known or not made of lines. */
export function handlerOf(format: ListFormat, options: ReadListOptions): LineHandler | null {
  return Object.hasOwn(HANDLERS, format) ? HANDLERS[format as keyof typeof HANDLERS](options) : null;
}

const BINARY: Readonly<Record<BinaryFormat, (pump: RecordPump, options: ReadListOptions) => ByteHandler>> = {
  "geosite-dat": geositeDatBytes,
  "geoip-dat": geoipDatBytes,
};

/** How a binary format is read, or null where it is none. */
export function binaryOf(
  format: ListFormat,
): ((pump: RecordPump, options: ReadListOptions) => ByteHandler) | null {
  return Object.hasOwn(BINARY, format) ? BINARY[format as BinaryFormat] : null;
}

const TEXT: Readonly<Record<TextFormat, (pump: RecordPump) => TextHandler>> = {
  "sing-box": (pump) => singBoxText(pump),
};

/** How a format of text without lines is read, or null where it is none. */
export function textOf(format: ListFormat): ((pump: RecordPump) => TextHandler) | null {
  return Object.hasOwn(TEXT, format) ? TEXT[format as TextFormat] : null;
}
