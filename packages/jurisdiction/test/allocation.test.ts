// What a packet costs in memory: nothing, where its prefix was seen before. A DNS filter asks this for every query. The heap is read before
// and after; a control that keeps one small object a call shows that the measure sees it.
import { describe, expect, test } from "vitest";
import { bytesPerCall, generator } from "../bench/support/measure.ts";
import {
  compileTable,
  createResolver,
  databaseSource,
  openMmdb,
  openTable,
  parseNetworkMap,
} from "../src/index.ts";
import { writeMmdb } from "./write-mmdb.ts";

const at = Date.parse("2026-11-01T00:00:00Z");
const below = generator(11);

const opened = openMmdb(
  writeMmdb({ "9.0.0.0/8": { country: { iso_code: "US" } }, "2a00::/12": { country: { iso_code: "DE" } } }),
);
if (!opened.ok) throw new Error(opened.issue.message);
const networks = parseNetworkMap({
  source: "plan",
  dataDate: "2026-11-01",
  clients: [{ prefix: "10.0.0.0/9", territory: "AT", dataClasses: ["personal-data"] }],
});
if (!networks.ok) throw new Error(networks.issues[0]?.message);
const table = openTable(
  compileTable({
    source: "table",
    dataDate: "2026-10-20",
    entries: [9, 0x2a].map((first) => ({
      prefix: {
        address: Uint8Array.from({ length: first === 9 ? 4 : 16 }, (_, at) => (at === 0 ? first : 0)),
        length: 8,
      },
      record: { kind: "location", territory: first === 9 ? "US" : "DE", region: null, caveats: [] } as const,
    })),
  }),
);
if (!table.ok) throw new Error(table.issue.message);

const sources = [databaseSource({ name: "database", mmdb: opened.value }), table.value];
const plain = createResolver({ operator: "DE", sources });
const mapped = createResolver({ operator: "DE", networks: networks.value, sources });

// 300 prefixes, over and over.
const packets = (make: (prefix: number) => number[]): Uint8Array[] => {
  const prefixes = Array.from({ length: 300 }, (_, prefix) => Uint8Array.from(make(prefix)));
  return Array.from({ length: 2_000 }, () => prefixes[below(prefixes.length)] as Uint8Array);
};
const v4 = packets((prefix) => [9, prefix >> 4, (prefix & 15) << 4, 7]);
const v6 = packets((prefix) => [
  0x2a,
  0,
  prefix >> 4,
  prefix & 15,
  ...Array.from({ length: 11 }, () => 0),
  7,
]);
const inMap = packets((prefix) => [10, prefix >> 4, prefix & 15, 7]);
// Another address each time, of a few prefixes in which a database has nothing.
const unheardOf = Array.from({ length: 2_000 }, (_, at) =>
  Uint8Array.from([0x2c, 0, 0, at & 15, 0, 0, ...Array.from({ length: 10 }, () => below(256))]),
);
const nowhere = packets((prefix) => [192, 168, prefix >> 4, prefix & 15]);
const CASES = [
  ["IPv4 of two sources", plain, v4],
  ["IPv6 of two sources", plain, v6],
  ["IPv4 of two sources beside a map", mapped, v4],
  ["of the network map", mapped, inMap],
  ["of private space, nowhere", mapped, nowhere],
  ["of networks that no source knows", plain, unheardOf],
] as const;

describe("an answer for a prefix seen before allocates nothing", () => {
  test.each(CASES)("%s", (_what, resolver, clients) => {
    for (const client of clients) resolver.placesOf(client, null, at);
    expect(resolver.placesOf(clients[0] as Uint8Array, null, at).length).toBe(
      clients === nowhere || clients === unheardOf ? 1 : 2,
    );
    // Under one byte a call: less than any object.
    expect(bytesPerCall(clients, (client) => resolver.placesOf(client, null, at))).toBeLessThan(1);
  });

  test("the same array comes back, so that it may be kept", () => {
    const [first] = v4;
    expect(plain.placesOf(first as Uint8Array, null, at)).toBe(plain.placesOf(first as Uint8Array, null, at));
  });

  test("labels of a client's flows", () => {
    expect(bytesPerCall(inMap, (client) => mapped.dataClassesOf(client))).toBeLessThan(1);
  });

  test("a record of a table, from text", () => {
    const texts = v4.map((client) => client.join("."));
    expect(bytesPerCall(texts, table.value.recordOf)).toBeLessThan(1);
  });

  test("and the measure sees one small object a call", () => {
    expect(
      bytesPerCall(v4, (client) => ({ places: plain.placesOf(client, null, at) })),
    ).toBeGreaterThanOrEqual(16);
  });
});
