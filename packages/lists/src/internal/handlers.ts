import { adguardLines } from "../adguard.ts";
import { cidrLines } from "../cidr.ts";
import { type CsvOptions, csvLines } from "../csv.ts";
import { dnsmasqLines } from "../dnsmasq.ts";
import { domainsLines } from "../domains.ts";
import { type GeositeOptions, geositeLines } from "../geosite.ts";
import { hostsLines } from "../hosts.ts";
import type { ListFormat } from "../list-reading.ts";
import { rpzLines } from "../rpz.ts";
import { unboundLines } from "../unbound.ts";
import type { LineHandler } from "./line-reader.ts";

/** What single formats want to know: `include` for `geosite`, `column` and `kind` for `csv`. */
export interface ReadListOptions extends GeositeOptions, CsvOptions {}

const HANDLERS: Readonly<Record<ListFormat, (options: ReadListOptions) => LineHandler>> = {
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

/** How a format is read, or null where it is not known. */
export function handlerOf(format: ListFormat, options: ReadListOptions): LineHandler | null {
  return Object.hasOwn(HANDLERS, format) ? HANDLERS[format](options) : null;
}
