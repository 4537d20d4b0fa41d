// What an answer of the resolver costs with three sources of real data, and what a packet costs when its prefix was seen before:
//   npm run bench -- packages/jurisdiction/bench/resolve
// Sources: a table image of geo-whois-asn-country, DB-IP Lite as MMDB, and the registries' countries as a delegated file (see
// their licences in bench/peers).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import {
  compileTable,
  createResolver,
  databaseEntries,
  databaseSource,
  openMmdb,
  openTable,
  parseDelegated,
} from "@demarc/jurisdiction";
import { type Address, addressKind } from "@demarc/net";
import { bytesPerCall, collectGarbage, generator, nanoseconds, row } from "./support/measure.ts";

const peers = createRequire(join(import.meta.dirname, "peers", "package.json"));
const file = (name: string): Buffer => readFileSync(peers.resolve(`@ip-location-db/${name}`));
const value = <T>(result: { ok: true; value: T } | { ok: false; issue: { message: string } }): T => {
  if (!result.ok) throw new Error(result.issue.message);
  return result.value;
};

// What the sources were made from is let go again: an operator's program has no use for it either.
const below = generator(7);
const { table, starts } = (() => {
  const entries = value(
    databaseEntries(value(openMmdb(file("geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb")))),
  );
  const image = compileTable({ source: "geo-whois", dataDate: "2026-06-17", entries, merge: true });
  const v6 = entries.filter(({ prefix }) => prefix.address.length === 16);
  return {
    table: value(openTable(image)),
    starts: Array.from({ length: 60_000 }, () => v6[below(v6.length)]?.prefix.address ?? new Uint8Array(16)),
  };
})();
const database = databaseSource({
  name: "db-ip",
  mmdb: value(openMmdb(file("dbip-country-mmdb/dbip-country.mmdb"))),
});
const registry = (() => {
  const numberOf = (text: string): number =>
    text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const lines = file("asn-country/asn-country-ipv4.csv")
    .toString()
    .trim()
    .split("\n")
    .map((line) => {
      const [first = "", last = "", code = ""] = line.split(",");
      return `all|${code}|ipv4|${first}|${numberOf(last) - numberOf(first) + 1}|20260617|assigned`;
    });
  const text = `2|all|20260617|${lines.length}|19830101|20260617|+0000\n${lines.join("\n")}\n`;
  return parseDelegated(text, { source: "registries" }).source;
})();

const at = Date.parse("2026-06-20T12:00:00Z");
const sources = [table, database, registry];
const plain = createResolver({ operator: "DE", sources });
const withGroups = createResolver({
  operator: "DE",
  sources,
  groups: ["group:EU", "group:EEA", "group:GDPR"],
});

const global = (make: () => Address): Address[] =>
  Array.from({ length: 60_000 }, make)
    .filter((address) => addressKind(address) === "global")
    .slice(0, 40_000);
const v4 = global(() => Uint8Array.of(1 + below(223), below(256), below(256), below(256)));
const v6 = global(() => {
  const address = Uint8Array.from(starts[below(starts.length)] ?? new Uint8Array(16));
  address[15] = below(256);
  return address;
});

// The work is done, or the speed says nothing: most addresses have a place from two sources and a registrant.
const answers = v4.slice(0, 10_000).map((client) => plain.resolve({ at, client }));
const share = (holds: (answer: (typeof answers)[number]) => boolean): string =>
  `${((answers.filter(holds).length / answers.length) * 100).toFixed(1)} %`;
console.log(
  `of ${answers.length} random IPv4 addresses: ${share((each) => each.unknown.every(({ connector }) => connector !== "subject-location"))} placed, ${share((each) => each.candidates.some(({ basis }) => basis === "agreement"))} by agreement, ${share((each) => each.conflicts.length > 0)} with a conflict, ${share((each) => each.candidates.some(({ connector }) => connector === "network-registrant"))} with a registrant`,
);

answers.length = 0;
collectGarbage();

row("nanoseconds of processor time", "IPv4", "IPv6");
const cost = (what: string, once: (client: Address) => unknown): void =>
  row(what, nanoseconds(v4, once).toFixed(0), nanoseconds(v6, once).toFixed(0));
cost("resolve, three sources", (client) => plain.resolve({ at, client }));
cost("resolve, three sources, standing in three groups", (client) => withGroups.resolve({ at, client }));
cost("placesOf, prefix not seen before (mostly)", (client) => plain.placesOf(client, null, at));

// A DNS filter's clients: a few thousand prefixes, over and over.
const NO_ADDRESS = new Uint8Array(4);
const clients = v4.slice(0, 1_000);
const clients6 = v6.slice(0, 1_000);
for (const client of [...clients, ...clients6]) plain.placesOf(client, null, at);
const packets = Array.from({ length: 200_000 }, () => clients[below(clients.length)] ?? NO_ADDRESS);
const packets6 = Array.from({ length: 200_000 }, () => clients6[below(clients6.length)] ?? NO_ADDRESS);
const packet = (client: Address) => plain.placesOf(client, null, at);
row(
  "placesOf, prefix seen before",
  nanoseconds(packets, packet).toFixed(1),
  nanoseconds(packets6, packet).toFixed(1),
);
row("bytes allocated a packet", "IPv4", "IPv6");
const allocated = (once: (client: Address) => unknown): [string, string] => [
  bytesPerCall(packets, once).toFixed(2),
  bytesPerCall(packets6, once).toFixed(2),
];
row("placesOf, prefix seen before", ...allocated(packet));
row("for comparison: resolve", ...allocated((client) => plain.resolve({ at, client })));
