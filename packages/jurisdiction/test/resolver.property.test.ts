// Laws of resolution, on sources made at random.
import { formatAddress, parsePrefix } from "@demarc/net";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Caveat, Finding } from "../src/evidence.ts";
import {
  type AddressSource,
  createResolver,
  groupIntervals,
  groups,
  isMember,
  membershipOf,
  parseDelegated,
  parseGeofeed,
  parseNetworkMap,
  parsePrefixList,
  readClientSubnet,
  toPlaces,
} from "../src/index.ts";
import { AT } from "./sources.ts";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 300);
const TERRITORIES = ["DE", "FR", "SJ", "XK", "ES-CN"];
const CAVEATS: readonly Caveat[] = ["relay", "anycast", "hosting", "operator-declined"];
const finding: fc.Arbitrary<Finding> = fc.record({
  kind: fc.constantFrom("location", "geofeed", "registration", "representation", "list"),
  territory: fc.option(fc.constantFrom(...TERRITORIES), { freq: 4 }),
  region: fc.constant(null),
  caveats: fc.subarray([...CAVEATS]),
  prefix: fc.constant("9.0.0.0/8"),
});
const source = (index: number): fc.Arbitrary<AddressSource> =>
  fc
    .record({
      vendor: fc.constantFrom("V", "W", `own ${index}`),
      days: fc.option(fc.constantFrom(1, 59, 61, 400, -59, -61), { freq: 8 }),
      findings: fc.array(finding, { maxLength: 3 }),
      fails: fc.constantFrom(false, false, false, true),
    })
    .map(({ vendor, days, findings, fails }) => ({
      name: `source ${index}`,
      vendor,
      dataDate: days === null ? "unknown" : new Date(AT - days * 86_400_000).toISOString().slice(0, 10),
      dataAt: days === null ? null : AT - days * 86_400_000,
      find: () =>
        fails
          ? ({ ok: false, issue: { code: "test/broken", message: "broken" } } as const)
          : ({ ok: true, value: { findings, length: 8 } } as const),
    }));
const sources = fc.tuple(source(0), source(1), source(2)).map((all) => all as readonly AddressSource[]);
const client = Uint8Array.of(9, 9, 9, 9);
const subjects = (list: readonly AddressSource[]) =>
  createResolver({ operator: "AT", sources: list })
    .resolve({ at: AT, client })
    .candidates.filter((each) => each.connector === "subject-location");

test("a territory that no source names as a location is never one", () => {
  fc.assert(
    fc.property(sources, (list) => {
      const named = new Set(
        list.flatMap((each) => {
          const found = each.find(client);
          return found.ok
            ? found.value.findings
                .filter(({ kind }) => kind !== "registration" && kind !== "representation")
                .map(({ territory }) => territory)
            : [];
        }),
      );
      for (const candidate of subjects(list)) {
        expect(named).toContain(candidate.territory);
        expect(candidate.evidence.length).toBeGreaterThan(0);
        expect(candidate.confidence).toBeGreaterThan(0);
        expect(candidate.confidence).toBeLessThanOrEqual(0.9);
      }
    }),
    { numRuns: RUNS },
  );
});

test("more evidence for a place never lowers it, whatever that evidence is worth", () => {
  fc.assert(
    fc.property(
      sources,
      source(3),
      fc.constantFrom(...TERRITORIES),
      fc.subarray([...CAVEATS]),
      (list, more, territory, caveats) => {
        const supporting: AddressSource = {
          ...more,
          find: () => ({
            ok: true,
            value: {
              findings: [{ kind: "location", territory, region: null, caveats, prefix: "9.0.0.0/8" }],
              length: 8,
            },
          }),
        };
        const before = subjects(list).find((each) => each.territory === territory)?.confidence ?? 0;
        const after =
          subjects([...list, supporting]).find((each) => each.territory === territory)?.confidence ?? 0;
        expect(after).toBeGreaterThanOrEqual(before);
      },
    ),
    { numRuns: RUNS * 2 },
  );
});

test("equal inputs give equal bytes, and the order of sources changes no confidence", () => {
  fc.assert(
    fc.property(sources, (list) => {
      const resolve = (of: readonly AddressSource[]) =>
        createResolver({ operator: "AT", sources: of, groups: groups(), view: "un" }).resolve({
          at: AT,
          client,
        });
      expect(JSON.stringify(resolve(list))).toBe(JSON.stringify(resolve(list)));
      const weights = (of: readonly AddressSource[]) =>
        resolve(of).candidates.map(({ territory, confidence, caveats }) => [territory, confidence, caveats]);
      expect(weights(list.toReversed())).toEqual(weights(list));
    }),
    { numRuns: RUNS },
  );
});

test("what is kept for a prefix is what would be answered", () => {
  const parsed = parseNetworkMap({
    source: "plan",
    dataDate: "2026-11-01",
    clients: [{ prefix: "9.9.9.128/25", territory: "CH" }],
  });
  if (!parsed.ok) throw new Error("map");
  const feed = parseGeofeed(
    "9.9.0.0/16,DE\n9.9.9.64/26,FR\n2a00::/16,AT\n2a00:1::/32,CH\n2a00:1:1:1::/64,IT\n192.0.0.0/16,JP\n2001::/16,JP\n",
    {
      source: "feed",
      dataDate: "2026-10-01",
    },
  ).source;
  const relays = parsePrefixList("9.9.9.96/27\n2a00:1:1::/48\n", {
    source: "relays",
    dataDate: "2026-09-01",
    caveat: "relay",
  }).source;
  const v4 = fc
    .tuple(fc.constantFrom(9, 192), fc.constantFrom(9, 0), fc.constantFrom(9, 0), fc.nat(255))
    .map((bytes) => Uint8Array.from(bytes));
  const v6 = fc
    .tuple(fc.constantFrom([0x2a, 0, 0], [0x20, 1, 0]), fc.nat(1), fc.nat(1), fc.nat(1), fc.nat(2))
    .map(([head, a, b, c, d]) => Uint8Array.of(...head, a, 0, b, 0, c, 0, 0, 0, 0, 0, 0, 0, d));
  const mapped = v4.map((bytes) => Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, ...bytes));
  // Before they are of their time, and before and after the list and the feed grow stale.
  const instants = fc.constantFrom(
    AT,
    ...["2020-01-01", "2026-07-10", "2026-10-01", "2026-12-24"].map((day) => Date.parse(day)),
    Date.parse("2026-10-01") - 60 * 86_400_000,
    Date.parse("2026-09-01") + 60 * 86_400_000,
  );
  for (const networks of [undefined, parsed.value]) {
    const kept = createResolver({ operator: "AT", networks, sources: [feed, relays] });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.oneof(v4, v6, mapped), instants), { maxLength: 30 }), (questions) => {
        for (const [address, at] of questions) {
          const fresh = toPlaces(
            createResolver({ operator: "AT", networks, sources: [feed, relays] }).resolve({
              at,
              client: address,
            }),
          );
          expect(JSON.stringify(kept.placesOf(address, null, at)), formatAddress(address)).toBe(
            JSON.stringify(fresh),
          );
        }
      }),
      { numRuns: Math.ceil(RUNS / 5) },
    );
  }
});

describe("readers of foreign text and bytes give issues, never a throw", () => {
  const line = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[a-z|0-9.:*]{0,60}$/),
    fc
      .tuple(fc.ipV4(), fc.nat(40), fc.string())
      .map(([address, length, rest]) => `${address}/${length},${rest}`),
    fc
      .tuple(fc.constantFrom("ipv4", "ipv6", "asn"), fc.ipV4(), fc.nat())
      .map(([type, address, count]) => `r|DE|${type}|${address}|${count}|20200101|allocated`),
  );
  test("text", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = lines.join("\n");
        const info = { source: "s", dataDate: "2026-11-01" };
        for (const read of [
          parseDelegated(text),
          parseGeofeed(text, info),
          parsePrefixList(text, { ...info, caveat: "relay" }),
        ]) {
          for (const issue of read.issues)
            expect(issue.code).toMatch(/^(?:delegated|geofeed|list)\/[a-z-]+$/);
          for (const entry of read.entries) {
            const found = read.source.find(entry.prefix.address);
            expect(found.ok && found.value.findings.length).toBe(1);
          }
        }
      }),
      { numRuns: RUNS },
    );
  });
  test("client subnets", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
        const read = readClientSubnet(bytes);
        if (!read.ok) expect(read.issue.code).toMatch(/^ecs\//);
        else if (read.value !== null)
          expect(
            parsePrefix(`${formatAddress(read.value.address)}/${read.value.length}`).ok ||
              read.value.address.length === 16,
          ).toBe(true);
      }),
      { numRuns: RUNS * 3 },
    );
  });
});

describe("intervals", () => {
  const all = groups().flatMap(groupIntervals);
  const instant = fc.integer({ min: Date.parse("1950-01-01"), max: Date.parse("2035-01-01") });
  test("the interval that decides holds at the instant, and is the only one of its territory", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...groups()),
        fc.constantFrom(...new Set(all.map((each) => each.territory))),
        instant,
        (group, territory, at) => {
          const found = membershipOf(group, territory, at);
          const holding = all.filter(
            (each) =>
              each.group === group &&
              each.territory === territory &&
              each.from <= at &&
              at < (each.until ?? Infinity),
          );
          expect(holding.length).toBeLessThanOrEqual(1);
          if (holding[0] !== undefined) expect(found).toBe(holding[0]);
          expect(isMember(group, territory, at)).toBe(found?.inside ?? false);
          if (found !== null) {
            expect(found.from).toBeLessThanOrEqual(at);
            expect(at).toBeLessThan(found.until ?? Infinity);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });
});
