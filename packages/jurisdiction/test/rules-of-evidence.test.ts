// The rules of evidence, one after the other, each through the resolver as a program uses it.
import { describe, expect, test } from "vitest";
import {
  type AddressSource,
  type Caveat,
  createResolver,
  databaseSource,
  parseDelegated,
  parseGeofeed,
  parsePrefixList,
  type Resolution,
  toPlaces,
} from "../src/index.ts";
import { AT, address, country, database } from "./sources.ts";

const info = (source: string) => ({ source, vendor: source, dataDate: "2026-11-10" });
const feed = (name: string, text: string): AddressSource => parseGeofeed(text, info(name)).source;
const list = (caveat: Parameters<typeof parsePrefixList>[1]["caveat"], text: string): AddressSource =>
  parsePrefixList(text, { ...info(`a list of ${caveat}`), caveat }).source;
const ask = (client: string, ...sources: readonly AddressSource[]): Resolution =>
  createResolver({ operator: "AQ", sources }).resolve({ at: AT, client: address(client) });
const subjects = ({ candidates }: Resolution) =>
  candidates
    .filter(({ connector }) => connector === "subject-location")
    .map(({ territory, confidence, caveats }) => [territory, confidence, ...caveats]);
const saying = (name: string, territory: string, caveats: readonly Caveat[]): AddressSource => ({
  name,
  vendor: name,
  dataDate: "2026-11-10",
  dataAt: Date.parse("2026-11-10"),
  find: () => ({
    ok: true,
    value: {
      findings: [{ kind: "location", territory, region: null, caveats, prefix: "9.0.0.0/8" }],
      length: 8,
    },
  }),
});

describe("a registered or represented country is never a location", () => {
  const registry = parseDelegated(
    "2|arin|20261110|1|19830101|20261110|+0000\narin|US|ipv4|9.0.0.0|16777216|19881216|assigned\n",
    { source: "registry" },
  ).source;
  const base = databaseSource(
    database("D", {
      "9.9.0.0/16": { registered_country: { iso_code: "US" }, represented_country: { iso_code: "US" } },
    }),
  );

  test("alone, they are candidates of roles that no rule can name", () => {
    const answer = ask("9.9.9.9", registry, base);
    expect(subjects(answer)).toEqual([]);
    expect(answer.unknown).toContainEqual({ connector: "subject-location", reason: "not-found" });
    expect(answer.candidates.map(({ connector }) => connector)).toEqual([
      "operator-establishment",
      "network-registrant",
      "network-representation",
    ]);
    expect(toPlaces(answer).map(({ connector }) => connector)).toEqual(["operator-establishment"]);
  });

  test("beside a location they neither raise it, nor contradict it", () => {
    expect(subjects(ask("9.9.9.9", registry, base, feed("A", "9.9.0.0/16,US")))).toEqual([["US", 0.8]]);
    const other = ask("9.9.9.9", registry, base, feed("A", "9.9.0.0/16,DE"));
    expect(subjects(other)).toEqual([["DE", 0.8]]);
    expect(other.conflicts).toEqual([]);
  });
});

describe("special-purpose space is decided before any source is asked", () => {
  const everywhere = "0.0.0.0/0,US\n::/0,US\n";
  test.each([
    "0.1.2.3",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.1.1",
    "172.16.0.1",
    "192.0.2.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fd00::1",
    "ff02::1",
    "2001:db8::1",
    "3fff::1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "2002:a00:1::1",
  ])("%s", (text) => {
    const never: AddressSource = {
      ...saying("never", "US", []),
      find: () => {
        throw new Error("asked");
      },
    };
    expect(ask(text, feed("all", everywhere), never).unknown).toContainEqual({
      connector: "subject-location",
      reason: "reserved",
    });
  });
});

test("a v4-mapped address is that IPv4 address, in every answer", () => {
  const source = feed("A", "9.9.0.0/16,DE\n::ffff:0:0/96,US\n");
  const { candidates } = ask("::ffff:9.9.9.9", source);
  expect(candidates).toEqual(ask("9.9.9.9", source).candidates);
  expect(candidates[0]?.evidence[0]?.prefix).toBe("9.9.0.0/16");
});

describe("IPv6 asked of a source that knows IPv4 only is a typed fault, never an answer", () => {
  const only = databaseSource(database("v4 only", { "0.0.0.0/0": country("CN") }, 10, 4));
  test("alone", () => {
    const answer = ask("2a00:1450:4001::1", only);
    expect(subjects(answer)).toEqual([]);
    expect(answer.unknown).toContainEqual({ connector: "subject-location", reason: "unsupported-family" });
    expect(answer.faults).toEqual([
      { connector: "subject-location", source: "v4 only", code: "mmdb/v6-in-v4" },
    ]);
  });
  test("beside one that knows", () => {
    const answer = ask("2a00:1450:4001::1", only, feed("A", "2a00::/12,DE"));
    expect(subjects(answer)).toEqual([["DE", 0.8]]);
    expect(answer.faults).toHaveLength(1);
  });
});

describe("each doubt halves, as the README's table says", () => {
  const DOUBTS = [
    "anycast",
    "anonymiser",
    "relay",
    "satellite",
    "mobile-coarse",
    "hosting",
    "operator-declined",
    "subnet-coarse",
  ] as const;
  test.each(DOUBTS)("%s, by a source about what it says", (caveat) => {
    expect(subjects(ask("9.9.9.9", saying("A", "DE", [caveat])))).toEqual([["DE", 0.4, caveat]]);
    // Another's word without the doubt stands.
    expect(subjects(ask("9.9.9.9", saying("A", "DE", [caveat]), saying("B", "DE", [])))).toEqual([
      ["DE", 0.8],
    ]);
  });
  test.each(DOUBTS)("%s, by a list about the address: also what two agree on", (caveat) => {
    expect(
      subjects(ask("9.9.9.9", saying("A", "DE", []), saying("B", "DE", []), list(caveat, "9.9.9.0/24\n"))),
    ).toEqual([["DE", 0.45, caveat]]);
  });
  test("two doubts halve twice, one doubt told twice once", () => {
    expect(subjects(ask("9.9.9.9", saying("A", "DE", ["hosting", "relay"])))).toEqual([
      ["DE", 0.2, "hosting", "relay"],
    ]);
    expect(subjects(ask("9.9.9.9", saying("A", "DE", ["relay"]), list("relay", "9.0.0.0/8\n")))).toEqual([
      ["DE", 0.4, "relay"],
    ]);
  });
  test.each(["disputed", "embedded"] as const)(
    "%s says something about the law, and halves nothing",
    (caveat) => {
      expect(subjects(ask("9.9.9.9", saying("A", "DE", [caveat])))).toEqual([["DE", 0.8, caveat]]);
    },
  );
});

describe("agreement of independent sources raises", () => {
  test("two of different makers 0.9, and a third adds nothing", () => {
    const [a, b, c] = ["A", "B", "C"].map((name) => feed(name, "9.9.0.0/16,DE")) as [
      AddressSource,
      AddressSource,
      AddressSource,
    ];
    expect(subjects(ask("9.9.9.9", a))).toEqual([["DE", 0.8]]);
    expect(subjects(ask("9.9.9.9", a, b))).toEqual([["DE", 0.9]]);
    expect(subjects(ask("9.9.9.9", a, b, c))).toEqual([["DE", 0.9]]);
  });
  test("two of one maker are one", () => {
    const twin = { ...saying("A", "DE", []), name: "A, another edition" };
    expect(subjects(ask("9.9.9.9", saying("A", "DE", []), twin))).toEqual([["DE", 0.8]]);
  });
  test("a contradiction is told, and halves both sides", () => {
    const answer = ask("9.9.9.9", saying("A", "DE", []), saying("B", "DE", []), saying("C", "FR", []));
    expect(subjects(answer)).toEqual([
      ["DE", 0.45],
      ["FR", 0.4],
    ]);
    expect(answer.conflicts).toEqual([
      { connector: "subject-location", territories: ["DE", "FR"], reason: "sources-disagree" },
    ]);
  });
});

test("who asks not to be located is not, unless another says where", () => {
  const declined = feed("holder", "9.9.0.0/16,,,,\n");
  expect(ask("9.9.9.9", declined).unknown).toContainEqual({
    connector: "subject-location",
    reason: "declined",
  });
  expect(subjects(ask("9.9.9.9", declined, saying("A", "DE", [])))).toEqual([
    ["DE", 0.4, "operator-declined"],
  ]);
});
