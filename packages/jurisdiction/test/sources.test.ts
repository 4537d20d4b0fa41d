// Each adapter by its contract: what it says, of which kind, from whom, of which day, for which prefix.
import { type Address, type Prefix, parsePrefix } from "@demarc/net";
import { describe, expect, test } from "vitest";
import {
  type AddressSource,
  ageWarnings,
  ccTldOf,
  createResolver,
  databaseSource,
  geofeedAddresses,
  parseDelegated,
  parseGeofeed,
  parsePrefixList,
  readClientSubnet,
  readTrustedHeader,
  WELL_KNOWN_HEADERS,
} from "../src/index.ts";
import { AT, address, country, database } from "./sources.ts";

const prefix = (text: string): Prefix => {
  const parsed = parsePrefix(text);
  if (!parsed.ok) throw new Error(parsed.issue.message);
  return parsed.value;
};
const ask = (source: AddressSource, text: string): unknown[] => {
  const answer = source.find(address(text));
  if (!answer.ok) throw new Error(answer.issue.message);
  return answer.value.findings.map(({ kind, territory, region, prefix: matched, caveats }) => [
    kind,
    region ?? territory,
    matched,
    ...caveats,
  ]);
};

describe("RIR statistics", () => {
  const TEXT = `2|ripencc|20261101|8|19830705|20261031|+0100
# a comment
ripencc|*|ipv4|*|5|summary
ripencc|FR|ipv4|2.0.0.0|1048576|20100712|allocated|a-1
ripencc|DE|ipv4|9.9.0.0|768|20100712|assigned|a-2
ripencc|EU|ipv4|9.8.0.0|256|20100712|allocated|a-3
ripencc||ipv4|9.7.0.0|256||available|
ripencc|ZZ|ipv4|9.6.0.0|256||reserved|
ripencc|SE|ipv6|2001:608::|32|19990826|allocated|a-4
ripencc|NL|asn|7|1|19930901|allocated|a-5
ripencc|NL|ipv4|9.5.0.0|0|19930901|allocated|a-6
ripencc|NL|ipv4|9.5.0|256|19930901|allocated|a-6
ripencc|NL|ipv4|255.255.255.0|512|19930901|allocated|a-6
ripencc|NL|ipv6|2001:608::1|32|19930901|allocated|a-6
ripencc|NL|ipv4|9.5.0.0
`;
  const { source, issues, skipped } = parseDelegated(TEXT);

  test("registration, with its prefix", () => {
    expect(ask(source, "2.15.255.255")).toEqual([["registration", "FR", "2.0.0.0/12"]]);
    expect(ask(source, "2.16.0.0")).toEqual([]);
    expect(ask(source, "2001:608:ffff::1")).toEqual([["registration", "SE", "2001:608::/32"]]);
  });
  test("a count that is no power of two", () => {
    expect(ask(source, "9.9.1.9")).toEqual([["registration", "DE", "9.9.0.0/23"]]);
    expect(ask(source, "9.9.2.255")).toEqual([["registration", "DE", "9.9.2.0/24"]]);
    expect(ask(source, "9.9.3.0")).toEqual([]);
  });
  test("space that nobody holds, AS numbers and summaries are counted", () => {
    expect(ask(source, "9.7.0.1")).toEqual([]);
    expect(skipped).toEqual({ summary: 1, available: 1, reserved: 1, asn: 1 });
  });
  test("what is wrong is told by line, and loses nothing else", () => {
    expect(issues.map(({ line, code }) => [line, code])).toEqual([
      [6, "delegated/territory"],
      [11, "delegated/count"],
      [12, "delegated/address"],
      [13, "delegated/count"],
      [14, "delegated/count"],
      [15, "delegated/form"],
    ]);
  });
  test("the day is that of the file", () => {
    expect(source).toMatchObject({ name: "ripencc delegated", vendor: "nro", dataDate: "2026-10-31" });
  });
  test("it is never a location", () => {
    const resolution = createResolver({ operator: "DE", sources: [source] }).resolve({
      at: AT,
      client: address("2.1.1.1"),
    });
    expect(resolution.unknown[0]).toEqual({ connector: "subject-location", reason: "not-found" });
    expect(resolution.candidates).toMatchObject([
      { connector: "operator-establishment" },
      { connector: "network-registrant", territory: "FR", caveats: ["registration-only"] },
    ]);
  });
});

describe("geofeeds", () => {
  const info = { source: "feed", dataDate: "2026-11-01" };
  // The examples of RFC 8805 §2.1, and lines that ask not to be located.
  const TEXT = `# comment
192.0.2.0/25,US,US-AL,,
192.0.2.5,US,US-AL,Alabaster,
192.0.2.128/25,PL,PL-02,,
2001:db8::/32,PL,,,
2001:db8:cafe::/48,PL,PL-02,,   # trailing
198.51.100.0/25,,,,
198.51.100.128/25,ZZ,,,
203.0.113.0/25,fr,FR-RE,,
`;
  const { source, issues } = parseGeofeed(TEXT, info);

  test("places, with regions", () => {
    expect(issues).toEqual([]);
    expect(ask(source, "192.0.2.5")).toEqual([["geofeed", "US-AL", "192.0.2.5/32"]]);
    expect(ask(source, "192.0.2.6")).toEqual([["geofeed", "US-AL", "192.0.2.0/25"]]);
    expect(ask(source, "192.0.2.200")).toEqual([["geofeed", "PL-02", "192.0.2.128/25"]]);
    expect(ask(source, "2001:db8:1::1")).toEqual([["geofeed", "PL", "2001:db8::/32"]]);
    expect(ask(source, "2001:db8:cafe::1")).toEqual([["geofeed", "PL-02", "2001:db8:cafe::/48"]]);
  });
  test("a region with a code of its own is that territory", () => {
    const found = source.find(address("203.0.113.1"));
    expect(found).toMatchObject({ value: { findings: [{ territory: "RE", region: "FR-RE" }] } });
  });
  test("no country means: do not locate", () => {
    for (const text of ["198.51.100.1", "198.51.100.200"])
      expect(ask(source, text)).toMatchObject([["geofeed", null, expect.any(String), "operator-declined"]]);
    const declined = parseGeofeed("9.0.0.0/8,,,,\n", info).source;
    const alone = createResolver({ operator: "DE", sources: [declined] });
    expect(alone.resolve({ at: AT, client: address("9.9.9.9") }).unknown[0]?.reason).toBe("declined");
    const databases = [database("A", { "9.0.0.0/8": country("US") })];
    const beside = createResolver({ operator: "DE", databases, sources: [declined] });
    expect(beside.resolve({ at: AT, client: address("9.9.9.9") }).candidates[0]).toMatchObject({
      territory: "US",
      confidence: 0.4,
      caveats: ["operator-declined"],
    });
  });
  test("what is wrong is told by line", () => {
    const text =
      "300.0.0.0/8,US\n9.0.0.1/8,US\n9.0.0.0/8,XX\n8.0.0.0/8,US,FR-RE\n7.0.0.0/8,US\n7.0.0.0/8,CA\n6.0.0.0/8,US\n6.0.0.0/8,US\n5.0.0.0/8,US,,,,,\n";
    const read = parseGeofeed(text, info);
    expect(read.issues.map(({ line, code }) => [line, code])).toEqual([
      [1, "geofeed/prefix"],
      [2, "geofeed/prefix"],
      [3, "geofeed/territory"],
      [4, "geofeed/region"],
      [6, "geofeed/duplicate"],
      [9, "geofeed/form"],
    ]);
    expect(ask(read.source, "7.1.1.1")).toEqual([]);
    expect(ask(read.source, "6.1.1.1")).toEqual([["geofeed", "US", "6.0.0.0/8"]]);
    expect(ask(read.source, "8.1.1.1")).toEqual([["geofeed", "US", "8.0.0.0/8"]]);
  });
  test("a feed speaks for the networks that name it only", () => {
    const read = parseGeofeed("9.1.0.0/16,US\n9.0.0.0/7,US\n10.0.0.0/16,US\n", {
      ...info,
      within: [prefix("9.0.0.0/8")],
    });
    expect(read.entries).toHaveLength(1);
    expect(read.skipped).toEqual({ outside: 1 });
  });
  test("registry objects name their feeds", () => {
    const rpsl = `inetnum: 9.0.0.0 - 9.255.255.255
geofeed:        https://feed.example/geo.csv
remarks:        Geofeed https://feed.example/old.csv
remarks:        Geofeed http://feed.example/plain.csv
descr:          geofeed: none
`;
    expect(geofeedAddresses(rpsl)).toEqual(["https://feed.example/geo.csv", "https://feed.example/old.csv"]);
  });
});

test("a list of relays places nothing and lowers all", () => {
  const relays = parsePrefixList("# relays\n9.9.0.0/16\n2a00::/16 ; v6\nnonsense\n", {
    source: "relays",
    dataDate: "2026-11-01",
    caveat: "relay",
  });
  expect(relays.issues).toMatchObject([{ line: 4, code: "list/prefix" }]);
  // Egress in the form of a geofeed: as a list, and as places of a relay.
  const egress = "9.9.0.0/16,GB,GB-EN,London,\n2a00::/16,US,US-CA,Los Angeles,\n";
  const info = { source: "egress", dataDate: "2026-11-01" };
  expect(parsePrefixList(egress, { ...info, caveat: "relay" })).toMatchObject({
    issues: [],
    entries: [{ record: { territory: null } }, { record: { territory: null } }],
  });
  expect(parseGeofeed(egress, { ...info, caveats: ["relay"] }).entries[0]?.record).toMatchObject({
    territory: "GB",
    caveats: ["relay"],
  });
  expect(ask(relays.source, "9.9.1.1")).toEqual([["list", null, "9.9.0.0/16", "relay"]]);
  const databases = [database("A", { "9.0.0.0/8": country("US") })];
  const resolver = createResolver({ operator: "DE", databases, sources: [relays.source] });
  expect(resolver.resolve({ at: AT, client: address("9.9.9.9") }).candidates[0]).toMatchObject({
    territory: "US",
    confidence: 0.4,
    caveats: ["relay"],
    evidence: [{ kind: "location" }, { kind: "list", source: "relays", prefix: "9.9.0.0/16", value: null }],
  });
  expect(resolver.resolve({ at: AT, client: address("9.8.9.9") }).candidates[0]).toMatchObject({
    confidence: 0.8,
  });
});

describe("trusted headers", () => {
  const trust = { ...WELL_KNOWN_HEADERS.cloudflare, peers: [prefix("192.0.2.0/24")] };
  const peer = address("192.0.2.9");
  const read = (value: string | string[] | undefined, from: Address = peer) =>
    readTrustedHeader(trust, from, { "cf-ipcountry": value });

  test("a country, from a configured peer", () => {
    expect(read("de")).toMatchObject({
      value: { territory: "DE", kind: "trusted-header", source: "Cloudflare" },
    });
    expect(read("DE", Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1)).ok).toBe(true);
  });
  test("unknown is no country, and Tor is an anonymiser", () => {
    expect(read("XX")).toMatchObject({ value: { territory: null, caveats: [] } });
    expect(read("")).toMatchObject({ value: { territory: null, caveats: [] } });
    expect(read("T1")).toMatchObject({ value: { territory: null, caveats: ["anonymiser"] } });
    expect(read(undefined)).toEqual({ ok: true, value: null });
  });
  test.each([
    ["from anyone else", "DE", address("198.51.100.1"), "header/untrusted-peer"],
    ["twice", ["DE", "FR"], peer, "header/repeated"],
    ["joined", "DE, FR", peer, "header/repeated"],
    ["no country", "UK", peer, "header/territory"],
    ["three letters", "DEU", peer, "header/territory"],
    ["a subdivision", "ES-CN", peer, "header/territory"],
    ["a zone", "x-it-livigno", peer, "header/territory"],
  ])("%s: a typed error", (_what, value, from, code) => {
    expect(read(value, from)).toMatchObject({ ok: false, issue: { code } });
  });
  test("a region beside it", () => {
    const vercel = { ...WELL_KNOWN_HEADERS.vercel, peers: trust.peers };
    const headers = { "x-vercel-ip-country": "ES", "x-vercel-ip-country-region": "CN" };
    expect(readTrustedHeader(vercel, peer, headers)).toMatchObject({
      value: { territory: "ES", region: "ES-CN" },
    });
  });
  test("it agrees or disagrees with databases, and counts behind a private address", () => {
    const databases = [database("A", { "9.0.0.0/8": country("US") })];
    const resolver = createResolver({ operator: "DE", databases });
    const header = read("US");
    if (!header.ok || header.value === null) throw new Error("no header");
    const located = [header.value];
    expect(resolver.resolve({ at: AT, client: address("9.9.9.9"), located }).candidates[0]).toMatchObject({
      territory: "US",
      confidence: 0.9,
      basis: "agreement",
    });
    expect(resolver.resolve({ at: AT, client: address("10.0.0.1"), located }).candidates[0]).toMatchObject({
      territory: "US",
      confidence: 0.8,
    });
  });
});

describe("EDNS client subnet", () => {
  test.each([
    [[0, 1, 24, 0, 198, 51, 100], { address: address("198.51.100.0"), length: 24 }],
    [[0, 1, 20, 0, 198, 51, 96], { address: address("198.51.96.0"), length: 20 }],
    [[0, 2, 56, 0, 0x20, 0x01, 0x0d, 0xb8, 0, 0, 1], { address: address("2001:db8:0:100::"), length: 56 }],
    [[0, 1, 0, 0], null],
  ])("%j", (bytes, expected) => {
    expect(readClientSubnet(Uint8Array.from(bytes))).toEqual({ ok: true, value: expected });
  });
  test.each([
    [[0, 1, 24], "ecs/form"],
    [[0, 1, 24, 0, 198, 51], "ecs/form"],
    [[0, 1, 24, 0, 198, 51, 100, 1], "ecs/form"],
    [[0, 3, 24, 0, 198, 51, 100], "ecs/family"],
    [[0, 1, 33, 0, 1, 2, 3, 4, 5], "ecs/length"],
    [[0, 1, 24, 24, 198, 51, 100], "ecs/scope"],
    [[0, 1, 20, 0, 198, 51, 100], "ecs/host-bits"],
  ])("%j is %s", (bytes, code) => {
    expect(readClientSubnet(Uint8Array.from(bytes))).toMatchObject({ ok: false, issue: { code } });
  });
  test("the network told is located, not the resolver; what is narrower is coarse", () => {
    const databases = [
      database("A", {
        "9.1.0.0/16": country("US"),
        "9.2.3.128/25": country("CA"),
        "8.0.0.0/8": country("IE"),
      }),
    ];
    const resolver = createResolver({ operator: "DE", databases });
    const subjectOf = (text: string) =>
      resolver.resolve({ at: AT, client: address("8.8.8.8"), clientSubnet: prefix(text) }).candidates[0];
    expect(subjectOf("9.1.2.0/24")).toMatchObject({
      territory: "US",
      confidence: 0.8,
      evidence: [{ kind: "client-subnet" }],
    });
    expect(subjectOf("9.2.3.128/25")).toMatchObject({ territory: "CA", confidence: 0.8 });
    const { source } = parseGeofeed("9.3.3.0/25,AT\n", { source: "feed", dataDate: "2026-11-01" });
    const coarse = createResolver({ operator: "DE", sources: [source] });
    expect(coarse.resolve({ at: AT, clientSubnet: prefix("9.3.3.0/24") }).candidates[0]).toMatchObject({
      territory: "AT",
      confidence: 0.4,
      caveats: ["subnet-coarse"],
    });
  });
});

describe("country-code top-level domains", () => {
  test.each([
    ["a.example.de", "de", "DE"],
    ["example.co.uk", "uk", "GB"],
    ["example.ac", "ac", "SH"],
    ["example.su", "su", "RU"],
    ["xn--p1ai", "xn--p1ai", "RU"],
    ["a.xn--fiqs8s", "xn--fiqs8s", "CN"],
    ["a.xn--mgbaam7a8h", "xn--mgbaam7a8h", "AE"],
    ["a.xn--3e0b707e", "xn--3e0b707e", "KR"],
    ["a.xn--qxam", "xn--qxam", "GR"],
    ["example.eu", "eu", null],
    ["a.xn--e1a4c", "xn--e1a4c", null],
    ["example.mq", "mq", "MQ"],
    ["example.sj", "sj", "SJ"],
  ])("%s", (name, tld, territory) => expect(ccTldOf(name)).toEqual({ tld, territory }));
  test.each(["example.com", "example.test", "example.xk", "example.eh", "", "constructor", "example.gb1"])(
    "%j has none",
    (name) => expect(ccTldOf(name)).toBeNull(),
  );
});

test("a database's region, its flags and whose users it serves", () => {
  const source = databaseSource(
    database("A", {
      "9.0.0.0/8": country("ES", {
        subdivisions: [{ iso_code: "CN" }],
        registered_country: { iso_code: "US" },
        represented_country: { iso_code: "GB", type: "military" },
        traits: {
          is_hosting_provider: true,
          is_satellite_provider: true,
          connection_type: "Cellular",
          is_tor_exit_node: true,
        },
      }),
      "8.0.0.0/8": { traits: { is_anonymous_vpn: true } },
    }),
  );
  expect(ask(source, "9.1.1.1")).toEqual([
    ["location", "ES-CN", "9.0.0.0/8", "anonymiser", "hosting", "mobile-coarse", "satellite"],
    ["registration", "US", "9.0.0.0/8"],
    ["representation", "GB", "9.0.0.0/8"],
  ]);
  expect(ask(source, "8.1.1.1")).toEqual([["list", null, "8.0.0.0/8", "anonymiser"]]);
});

test("databases of one vendor are one source", () => {
  const one = { ...database("A", { "9.0.0.0/8": country("US") }), vendor: "V" };
  const two = { ...database("B", { "9.0.0.0/8": country("US") }), vendor: "V" };
  expect(
    createResolver({ operator: "DE", databases: [one, two] }).resolve({ at: AT, client: address("9.9.9.9") })
      .candidates[0],
  ).toMatchObject({
    confidence: 0.8,
    basis: "single-source",
  });
});

test("warnings about age", () => {
  const at = Date.parse("2026-11-24T00:00:00Z");
  const of = (dataDate: string) => ({
    name: "A",
    dataDate,
    dataAt: dataDate === "unknown" ? null : Date.parse(dataDate),
  });
  expect(ageWarnings([of("2026-11-01"), of("2026-09-25")], at)).toEqual([]);
  expect(ageWarnings([of("2027-01-23"), of("2027-01-24")], at)).toMatchObject([
    { code: "evidence/later", message: expect.stringContaining("61 days after") },
  ]);
  expect(ageWarnings([of("2026-09-24"), of("unknown")], at).map((each) => each.code)).toEqual([
    "evidence/stale",
    "evidence/no-date",
  ]);
  expect(ageWarnings([of("2026-11-01")], at, 7).map((each) => each.code)).toEqual(["evidence/stale"]);
});
