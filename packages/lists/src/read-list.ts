import { readAdguard } from "./adguard.ts";
import { readCidr } from "./cidr.ts";
import { readDnsmasq } from "./dnsmasq.ts";
import { readDomains } from "./domains.ts";
import { readGeosite } from "./geosite.ts";
import { readHosts } from "./hosts.ts";
import type { ListFormat, ListReading } from "./list-reading.ts";
import { readRpz } from "./rpz.ts";

const READERS: Readonly<Record<ListFormat, (text: string) => ListReading>> = {
  domains: readDomains,
  hosts: readHosts,
  adguard: readAdguard,
  dnsmasq: readDnsmasq,
  rpz: readRpz,
  geosite: (text) => readGeosite(text),
  cidr: readCidr,
};

/** Every format that `readList` knows. */
export const LIST_FORMATS: readonly ListFormat[] = [
  "domains",
  "hosts",
  "adguard",
  "dnsmasq",
  "rpz",
  "geosite",
  "cidr",
];

/**
 * Reads a list of any known format. Never fails: lines that say nothing usable are diagnostics, and the rest is read.
 * A format that is not known (from untyped code) gives no entries and the diagnostic `lists/format`.
 *
 * Cost: linear in the text; 1 to 3 µs per line (bench/read-list.ts).
 */
export function readList(format: ListFormat, text: string): ListReading {
  if (LIST_FORMATS.includes(format)) return READERS[format](text);
  return {
    entries: [],
    exceptions: [],
    diagnostics: [
      {
        code: "lists/format",
        line: 1,
        column: 1,
        message: "the format of this list is not known, so nothing was read",
        help: `use one of ${LIST_FORMATS.join(", ")}`,
        text: "",
      },
    ],
    diagnosticCount: 1,
    countByCode: { "lists/format": 1 },
    lineCount: 0,
  };
}
