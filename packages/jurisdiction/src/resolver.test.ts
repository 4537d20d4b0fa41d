import { describe, expect, test } from "vitest";
import { AT, address, country, database } from "../test/sources.ts";
import type { DatabaseSource } from "./database-source.ts";
import { parseNetworkMap } from "./network-map.ts";
import { createResolver, type ResolverSources, type Signals, toPlaces } from "./resolver.ts";

const parsed = parseNetworkMap({
  source: "address plan",
  dataDate: "2026-11-01",
  clients: [
    { prefix: "127.0.0.1/32", territory: "DE", dataClasses: ["personal-data"] },
    { prefix: "10.0.0.0/8", territory: "FR", confidence: 0.7 },
    { prefix: "8.8.8.0/24", territory: "AT" },
  ],
  hosts: [{ prefix: "192.0.2.0/24", territory: "CH" }],
});
if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
const networks = parsed.value;

const resolve = (sources: Partial<ResolverSources>, signals: Partial<Signals>) =>
  createResolver({ operator: "DE", ...sources }).resolve({ at: AT, ...signals });
const subjectOf = (sources: Partial<ResolverSources>, text: string, at = AT) => {
  const { candidates, unknown, ...rest } = resolve(sources, { client: address(text), at });
  return {
    ...rest,
    candidates: candidates.filter((each) => each.connector === "subject-location"),
    unknown: unknown.find((each) => each.connector === "subject-location")?.reason,
  };
};

const PLAIN = { scheme: "iso3166-1", dispute: null, status: [] };

describe("several maps", () => {
  const second = parseNetworkMap({
    source: "roaming pools",
    dataDate: "2026-11-02",
    clients: [
      { prefix: "10.9.0.0/16", territory: "SE" },
      { prefix: "8.8.8.0/24", territory: "NO" },
    ],
  });
  if (!second.ok) throw new Error(JSON.stringify(second.issues));
  const both = { networks: [networks, second.value] };

  test("the longest prefix of all decides, of equal ones the first, and its own map is the evidence", () => {
    const found = (text: string) =>
      subjectOf(both, text).candidates.map(({ territory, evidence: [first] }) => [territory, first?.source]);
    expect(found("10.9.1.1")).toEqual([["SE", "roaming pools"]]);
    expect(found("10.8.1.1")).toEqual([["FR", "address plan"]]);
    expect(found("8.8.8.8")).toEqual([["AT", "address plan"]]);
    expect(found("9.9.9.9")).toEqual([]);
  });
});

describe("order of knowledge", () => {
  const databases = [
    database("A", {
      "8.8.8.0/24": country("US"),
      "10.0.0.0/8": country("CN"),
      "192.0.2.0/24": country("JP"),
    }),
  ];

  test("the operator's own map comes first, for private and loopback addresses too", () => {
    expect(subjectOf({ networks, databases }, "127.0.0.1").candidates).toEqual([
      {
        connector: "subject-location",
        territory: "DE",
        confidence: 0.95,
        basis: "asserted",
        evidence: [
          {
            kind: "network-map",
            value: "DE",
            source: "address plan",
            dataDate: "2026-11-01",
            prefix: "127.0.0.1/32",
          },
        ],
        caveats: [],
        ...PLAIN,
        sovereign: "DE",
      },
    ]);
    expect(subjectOf({ networks, databases }, "8.8.8.8").candidates).toMatchObject([{ territory: "AT" }]);
    expect(subjectOf({ networks, databases }, "10.9.9.9").candidates).toMatchObject([
      { territory: "FR", confidence: 0.7 },
    ]);
  });

  test("special-purpose space is unknown before any database is asked", () => {
    for (const text of [
      "10.0.0.1",
      "192.0.2.1",
      "127.0.0.2",
      "169.254.0.1",
      "224.0.0.1",
      "0.0.0.0",
      "::1",
      "fe80::1",
      "2001:db8::1",
      "100.64.0.1",
    ]) {
      const answer = subjectOf({ databases }, text);
      expect(answer.unknown, text).toBe("reserved");
      expect(answer.candidates, text).toEqual([]);
    }
  });

  test("then databases, with the prefix and the day of their data", () => {
    expect(
      subjectOf({ networks, databases: [database("A", { "9.0.0.0/8": country("US") })] }, "9.9.9.9")
        .candidates,
    ).toEqual([
      {
        connector: "subject-location",
        territory: "US",
        confidence: 0.8,
        basis: "single-source",
        evidence: [
          { kind: "location", value: "US", source: "A", dataDate: "2026-11-14", prefix: "9.0.0.0/8" },
        ],
        caveats: [],
        ...PLAIN,
        sovereign: "US",
      },
    ]);
  });
});

describe("unknown stays unknown, with a reason", () => {
  test.each([
    ["no database", {}, "9.9.9.9", "no-source"],
    ["no record", { databases: [database("A", { "1.0.0.0/8": country("AU") })] }, "9.9.9.9", "not-found"],
    [
      "a code that is none",
      { databases: [database("A", { "9.0.0.0/8": country("XX"), "1.0.0.0/8": country("T1") })] },
      "9.9.9.9",
      "not-found",
    ],
    [
      "a record of another form",
      { databases: [database("A", { "9.0.0.0/8": [1, "DE"] })] },
      "9.9.9.9",
      "not-found",
    ],
    [
      "IPv6 in an IPv4 database",
      { databases: [database("A", { "0.0.0.0/0": country("CN") }, 1, 4)] },
      "2a00:1450::1",
      "unsupported-family",
    ],
  ])("%s", (_what, sources, text, reason) => {
    expect(subjectOf(sources, text)).toMatchObject({ candidates: [], unknown: reason });
  });

  test("no signal, and bytes that are no address", () => {
    expect(resolve({}, {}).unknown).toEqual([
      { connector: "subject-location", reason: "no-signal" },
      { connector: "host-location", reason: "no-signal" },
    ]);
    expect(resolve({}, { client: new Uint8Array(5), host: new Uint8Array(0) }).unknown).toEqual([
      { connector: "subject-location", reason: "malformed" },
      { connector: "host-location", reason: "malformed" },
    ]);
  });

  test("a source that fails is named, even where another answers", () => {
    const broken: DatabaseSource = {
      name: "broken",
      mmdb: {
        ...database("x", {}).mmdb,
        lookup: () => ({ ok: false, issue: { code: "mmdb/corrupt", message: "" } }),
      },
    };
    expect(subjectOf({ databases: [broken] }, "9.9.9.9")).toMatchObject({ unknown: "source-damaged" });
    expect(
      subjectOf({ databases: [broken, database("A", { "9.0.0.0/8": country("US") })] }, "9.9.9.9"),
    ).toMatchObject({
      candidates: [{ territory: "US", confidence: 0.8 }],
      faults: [{ connector: "subject-location", source: "broken", code: "mmdb/corrupt" }],
    });
  });
});

test("SJ is told, and places nothing", () => {
  const resolution = resolve(
    { databases: [database("A", { "9.0.0.0/8": country("SJ") })] },
    { client: address("9.9.9.9") },
  );
  expect(resolution.candidates).toMatchObject([
    { territory: "SJ", confidence: 0.8, caveats: ["ambiguous-code"] },
    {},
  ]);
  expect(toPlaces(resolution).map((place) => place.connector)).toEqual(["operator-establishment"]);
});

test("the mapped form of an address is that address", () => {
  const client = new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1]);
  expect(resolve({ networks }, { client })).toEqual(resolve({ networks }, { client: address("127.0.0.1") }));
  expect(createResolver({ operator: "DE", networks }).dataClassesOf(client)).toEqual(["personal-data"]);
});

describe("an IPv4 address within an IPv6 one is the one with a place", () => {
  const databases = [
    database("A", { "9.0.0.0/8": country("US"), "2002::/16": country("JP"), "64:ff9b::/96": country("CN") }),
  ];
  test.each(["64:ff9b::909:909", "2002:909:909::1", "2001:0:1:1:1:1:f6f6:f6f6"])("%s", (text) => {
    expect(subjectOf({ databases }, text).candidates).toMatchObject([
      { territory: "US", confidence: 0.8, caveats: ["embedded"] },
    ]);
  });
  test("a private one hides in nothing", () =>
    expect(subjectOf({ databases }, "64:ff9b::10.0.0.1").unknown).toBe("reserved"));
  test("the map knows it", () => {
    expect(subjectOf({ databases, networks }, "64:ff9b::10.0.0.1").candidates).toMatchObject([
      { territory: "FR", caveats: ["embedded"] },
    ]);
  });
});

describe("declarations", () => {
  test("the operator's establishment is certain", () => {
    expect(resolve({ operator: "AT" }, {}).candidates).toMatchObject([
      { connector: "operator-establishment", territory: "AT", confidence: 1, basis: "declared" },
    ]);
  });
  test("others are as sure as is said, and name who says it", () => {
    const declared = [
      { connector: "data-location", territory: "IE", confidence: 0.6, source: "contract 7" } as const,
    ];
    const resolution = resolve({}, { declared });
    expect(resolution.candidates[1]).toMatchObject({
      territory: "IE",
      confidence: 0.6,
      evidence: [{ kind: "declaration", source: "contract 7" }],
    });
    expect(toPlaces(resolution)).toContainEqual({
      connector: "data-location",
      territory: "IE",
      confidence: 0.6,
    });
  });
  test("an unsound one is unknown", () => {
    for (const wrong of [{ territory: "UK" }, { confidence: 2 }, { confidence: Number.NaN }]) {
      const declared = [
        { connector: "nationality", territory: "DE", confidence: 0.5, source: "s", ...wrong } as const,
      ];
      expect(resolve({}, { declared }).unknown).toContainEqual({
        connector: "nationality",
        reason: "malformed",
      });
      expect(resolve({}, { declared }).candidates).toHaveLength(1);
    }
  });
});

describe("placesOf is toPlaces of resolve, byte for byte, again and again", () => {
  const addresses = [
    "127.0.0.1",
    "127.0.0.9",
    "10.1.1.1",
    "8.8.8.8",
    "9.9.9.9",
    "192.0.2.7",
    "1.1.1.1",
    "2a00::1",
    "::1",
    "64:ff9b::909:909",
  ];
  const all = [null, ...addresses.map(address), new Uint8Array(3)];
  const databases = [
    database("A", { "9.0.0.0/8": country("US"), "1.0.0.0/8": country("SJ"), "2a00::/12": country("DE") }),
    database("B", { "9.0.0.0/9": country("CA") }, 300, 4),
  ];
  test.each([
    ["nothing", {}],
    ["a map", { networks }],
    ["databases", { databases }],
    ["both", { networks, databases }],
  ])("with %s", (_what, sources) => {
    const resolver = createResolver({ operator: "DE", ...sources });
    const other = createResolver({ operator: "DE", ...sources });
    for (const client of all)
      for (const host of all) {
        const resolution = resolver.resolve({ at: AT, client: client ?? undefined, host: host ?? undefined });
        const places = JSON.stringify(resolver.placesOf(client, host, AT));
        expect(places).toBe(JSON.stringify(toPlaces(resolution)));
        expect(
          JSON.stringify(other.resolve({ at: AT, client: client ?? undefined, host: host ?? undefined })),
        ).toBe(JSON.stringify(resolution));
        expect(JSON.stringify(resolver.placesOf(client, host, AT))).toBe(places);
      }
  });
});
