// Nanoseconds per lookup beside mmdb-lib on the same file, and per answer of a resolver. Best of five rounds, one core.
// Run after a build: `npx node packages/jurisdiction/bench/lookup.ts`.
import { createResolver, openMmdb, parseNetworkMap } from "@demarc/jurisdiction";
import { formatAddress, parsePrefix } from "@demarc/net";
import { Reader } from "mmdb-lib";
import { writeMmdb } from "../test/write-mmdb.ts";

const COUNT = 20_000;
const CODES = ["DE", "FR", "US", "JP", "BR", "SE", "NO", "IN"];

// A small generator with a fixed seed (mulberry32), so that every run asks the same.
let seed = 7;
function random(): number {
  seed = (seed + 0x6d2b79f5) | 0;
  let value = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
  return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
}
const below = (limit: number): number => Math.floor(random() * limit);

// Eight records for all prefixes, as in a country database.
const made = (iso_code: string) => ({
  country: { iso_code, names: { en: `Country ${iso_code}`, fr: `Pays ${iso_code}` } },
  traits: { is_anycast: false },
});
const countries = CODES.map(made);
const records: Record<string, ReturnType<typeof made>> = {};
for (let index = 0; index < COUNT; index += 1) {
  const record = countries[below(countries.length)] ?? made("DE");
  records[`${1 + below(9)}.${below(256)}.${below(256)}.0/24`] = record;
  records[`2a${below(16).toString(16)}${below(16).toString(16)}:${below(65_536).toString(16)}::/32`] = record;
}
const bytes = writeMmdb(records, { pointers: true, buildEpoch: 1_760_000_000 });

// Nine of ten probes have a record; the rest do not.
const texts = Object.keys(records);
const probesOf = (family: readonly string[]): Uint8Array[] =>
  Array.from({ length: 4_096 }, () => {
    const parsedPrefix = parsePrefix(family[below(family.length)] ?? "");
    if (!parsedPrefix.ok) throw new Error(parsedPrefix.issue.message);
    const { address } = parsedPrefix.value;
    address[address.length - 1] = below(256);
    if (below(10) === 0) address[1] = below(256);
    return address;
  });
const v4 = probesOf(texts.filter((text) => !text.includes(":")));
const v6 = probesOf(texts.filter((text) => text.includes(":")));
const v4Text = v4.map(formatAddress);
const v6Text = v6.map(formatAddress);

// Processor time, for other work on the machine does not count.
function measure<T>(what: string, rounds: number, values: readonly T[], once: (value: T) => unknown): void {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round += 1) {
    const start = process.cpuUsage().user;
    for (let done = 0; done < rounds; done += values.length) for (const value of values) once(value);
    best = Math.min(
      best,
      ((process.cpuUsage().user - start) * 1e3) / Math.ceil(rounds / values.length) / values.length,
    );
  }
  process.stdout.write(`${what.padEnd(52)} ${best.toFixed(0).padStart(9)} ns\n`);
}

const opened = openMmdb(bytes);
if (!opened.ok) throw new Error(opened.issue.message);
const database = opened.value;
const peer = new Reader(Buffer.from(bytes));
process.stdout.write(
  `${(bytes.length / 1e6).toFixed(1)} MB, ${database.nodeCount} nodes, ${Object.keys(records).length} prefixes\n`,
);
const buffer = Buffer.from(bytes);
measure("open (every record of the tree is checked)", 20, [bytes], openMmdb);
measure("open: mmdb-lib", 20, [buffer], (file) => new Reader(file));
measure("lookup IPv4", 200_000, v4, database.lookup);
measure("lookup IPv4 from text: mmdb-lib", 200_000, v4Text, (text) => peer.get(text));
measure("lookup IPv6", 200_000, v6, database.lookup);
measure("lookup IPv6 from text: mmdb-lib", 200_000, v6Text, (text) => peer.get(text));

const parsed = parseNetworkMap({
  source: "bench",
  dataDate: "2026-11-01",
  clients: Array.from({ length: 1_000 }, (_, index) => ({
    prefix: `10.${index >> 2}.${(index & 3) << 6}.0/18`,
    territory: CODES[index % CODES.length],
  })),
});
if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
const clients = Array.from({ length: 4_096 }, () => Uint8Array.of(10, below(250), below(256), below(256)));
const AT = 1_764_000_000_000;
const mapped = createResolver({ operator: "DE", networks: parsed.value });
const both = createResolver({
  operator: "DE",
  networks: parsed.value,
  databases: [{ name: "bench", mmdb: database }],
});
const flows = clients.map((client, index) => ({ client, host: v4[index] ?? null }));
measure("placesOf, client in a map of 1,000 prefixes", 500_000, clients, (client) =>
  mapped.placesOf(client, null, AT),
);
measure("placesOf, client in the map, host in a database", 100_000, flows, ({ client, host }) =>
  both.placesOf(client, host, AT),
);
measure("resolve, client in the map, host in a database", 100_000, flows, ({ client, host }) =>
  both.resolve({ at: AT, client, host: host ?? undefined }),
);
