// The algebra of memberships over time, and that no question about codes throws, whatever the text.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ambiguousParts,
  canonicalTerritory,
  ccTldOf,
  civilDay,
  codeStatus,
  countryCodes,
  disputeOf,
  disputes,
  formerUses,
  groupIntervals,
  groups,
  isMember,
  isTerritory,
  members,
  membershipOf,
  memberships,
  parentTerritory,
  parseNetworkMap,
  readTrustedHeader,
  reservedParts,
  sovereignOf,
  standing,
  suggestTerritory,
  territoryName,
} from "../src/index.ts";
import { byTerritory } from "../src/internal/by-territory.ts";

const numRuns = Number(process.env["FUZZ_RUNS"] ?? 400);
const all = groups().flatMap(groupIntervals);
const territories = [...new Set([...countryCodes(), ...all.map((each) => each.territory), "ES-CT", "DE-BY"])];
const group = fc.constantFrom(...groups());
const territory = fc.constantFrom(...territories);
// At the edges of intervals, around them, and anywhere.
const instant = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...all.flatMap(({ from, until }) => (until === null ? [from] : [from, until]))),
      fc.constantFrom(-1, 0, 1),
    )
    .map(([at, by]) => at + by),
  fc.integer({ min: Date.parse("1945-01-01"), max: Date.parse("2040-01-01") }),
);

describe("laws of intervals", () => {
  test("of one territory and group they are half-open, not empty, in order, and never overlap", () => {
    for (const name of groups()) {
      const own = byTerritory(groupIntervals(name));
      for (const [code, rows] of own) {
        const sorted = rows.toSorted((a, b) => a.from - b.from);
        sorted.forEach(({ from, until, source }, at) => {
          expect(source, `${name} ${code}`).not.toBe("");
          if (until !== null) expect(until, `${name} ${code}`).toBeGreaterThan(from);
          const next = sorted[at + 1];
          if (next !== undefined) expect(until ?? Infinity, `${name} ${code}`).toBeLessThanOrEqual(next.from);
        });
      }
    }
  });

  test("between two instants without an edge of the territory or its parents nothing changes", () => {
    fc.assert(
      fc.property(group, territory, instant, instant, (name, code, a, b) => {
        const [first, last] = [Math.min(a, b), Math.max(a, b)];
        const line: string[] = [];
        for (let each: string | null = code; each !== null; each = parentTerritory(each)) line.push(each);
        const edges = groupIntervals(name)
          .filter((each) => line.includes(each.territory))
          .flatMap(({ from, until }) => (until === null ? [from] : [from, until]));
        fc.pre(edges.every((edge) => edge <= first || edge > last));
        expect(membershipOf(name, code, last)).toBe(membershipOf(name, code, first));
      }),
      { numRuns },
    );
  });

  test("three ways to ask give one answer", () => {
    fc.assert(
      fc.property(group, territory, instant, (name, code, at) => {
        const inside = isMember(name, code, at);
        expect(memberships(code, at).some((each) => each.group === name)).toBe(inside);
        if (ambiguousParts(code).length === 0)
          expect(standing(name, code, at)).toBe(inside ? "inside" : "outside");
        if (canonicalTerritory(code) !== code) return;
        const own = groupIntervals(name).some(
          (each) => each.territory === code && each.from <= at && at < (each.until ?? Infinity),
        );
        if (own) expect(members(name, at).includes(code)).toBe(inside);
        else expect(members(name, at)).not.toContain(code);
      }),
      { numRuns },
    );
  });

  test("members are sorted, without repetition, and each is inside", () => {
    fc.assert(
      fc.property(group, instant, (name, at) => {
        const found = members(name, at);
        expect(found).toEqual([...new Set(found)].toSorted());
        for (const code of found) expect(isMember(name, code, at)).toBe(true);
      }),
      { numRuns },
    );
  });

  test("a place has one law, whichever of its codes is asked for", () => {
    const others = territories.filter((code) => canonicalTerritory(code) !== code);
    expect(others.length).toBeGreaterThan(10);
    fc.assert(
      fc.property(group, fc.constantFrom(...others), instant, (name, code, at) => {
        // Civil dates of one place at two midnights (the country's, its own) are a day apart at most.
        const own = canonicalTerritory(code);
        const edges = groupIntervals(name)
          .filter((each) => [own, code, code.slice(0, 2)].includes(each.territory))
          .flatMap(({ from, until }) => (until === null ? [from] : [from, until]));
        fc.pre(edges.every((edge) => Math.abs(edge - at) > 86_400_000));
        expect(isMember(name, code, at), `${name} ${code} ${new Date(at).toISOString()}`).toBe(
          isMember(name, own, at),
        );
      }),
      { numRuns },
    );
  });

  test("a view changes disputed territories, and what is part of them, only", () => {
    fc.assert(
      fc.property(group, territory, instant, (name, code, at) => {
        const line: string[] = [];
        for (let each: string | null = code; each !== null; each = parentTerritory(each)) line.push(each);
        fc.pre(line.every((each) => disputeOf(each) === null));
        expect(membershipOf(name, code, at, "un")).toBe(membershipOf(name, code, at));
        expect(sovereignOf(code, at, "un")).toBe(sovereignOf(code, at));
      }),
      { numRuns },
    );
    expect(
      disputes().some(({ territory: code }) => sovereignOf(code, 0, "un") !== sovereignOf(code, 0)),
    ).toBe(true);
  });

  test("a state belongs to itself", () => {
    fc.assert(
      fc.property(territory, instant, (code, at) => {
        const state = sovereignOf(code, at);
        if (state !== null) expect(sovereignOf(state, at)).toBe(state);
      }),
      { numRuns },
    );
  });

  test("a whole day is what its noon is, but for days on which something changes", () => {
    fc.assert(
      fc.property(group, territory, fc.integer({ min: -9_000, max: 25_000 }), (name, code, days) => {
        const noon = days * 86_400_000 + 43_200_000;
        const near = groupIntervals(name).some(({ from, until }) =>
          [from, until ?? from].some((edge) => Math.abs(edge - noon) < 2 * 86_400_000),
        );
        fc.pre(!near);
        expect(isMember(name, code, { day: days })).toBe(isMember(name, code, noon));
      }),
      { numRuns },
    );
  });
});

describe("no question throws, whatever the text", () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.stringMatching(/^[A-Z]{2}-?[A-Z0-9]{0,4}$/),
    fc.constantFrom("__proto__", "constructor", "toString", "group:", "x-", "x-it-", "CS", "SU", "-", "é"),
  );
  test("codes, groups and days", () => {
    fc.assert(
      fc.property(text, instant, (code, at) => {
        expect(typeof isTerritory(code)).toBe("boolean");
        expect(codeStatus(code).status).toMatch(/^[a-z-]+$/);
        for (const use of formerUses(code)) expect(use.successors.length).toBeGreaterThan(0);
        expect(typeof territoryName(code)).toBe("string");
        parentTerritory(code);
        reservedParts(code);
        civilDay(code);
        ccTldOf(code);
        const guess = suggestTerritory(code);
        if (guess !== null) expect(isTerritory(guess) || groups().includes(guess), guess).toBe(true);
        if (!isTerritory(code)) expect(sovereignOf(code, at)).toBeNull();
        const known = groups().some((each) => each === code || each === `group:${code}`);
        if (!known) expect(membershipOf(code, "DE", at)).toBeNull();
        isMember("group:EU", code, at);
      }),
      { numRuns: numRuns * 2 },
    );
  });

  test("headers: a country, nothing, or a typed error", () => {
    const value = fc.oneof(text, fc.array(text, { maxLength: 3 }), fc.constant(undefined));
    const peer = fc.uint8Array({ minLength: 0, maxLength: 17 });
    const trust = {
      source: "edge",
      country: "x-country",
      region: "x-region",
      peers: [{ address: new Uint8Array(4), length: 0 }],
    };
    fc.assert(
      fc.property(value, value, peer, (country, region, from) => {
        const read = readTrustedHeader(trust, from, { "x-country": country, "x-region": region });
        if (!read.ok) expect(read.issue.code).toMatch(/^header\/(?:untrusted-peer|repeated|territory)$/);
        else if (read.value?.territory != null) expect(isTerritory(read.value.territory)).toBe(true);
      }),
      { numRuns: numRuns * 2 },
    );
  });

  test("maps of networks: a map, or issues with pointers", () => {
    const entry = fc.record(
      {
        prefix: fc.oneof(text, fc.constantFrom("10.0.0.0/8", "10.0.0.0/33", "2001:db8::/32")),
        territory: fc.oneof(text, fc.constantFrom("DE", "SJ", "x-it-livigno")),
        confidence: fc.oneof(fc.double(), fc.constantFrom(0.5, 1, 0)),
      },
      { requiredKeys: [] },
    );
    const document = fc.oneof(
      fc.anything(),
      fc.record({
        source: fc.constant("plan"),
        dataDate: fc.oneof(text, fc.constant("2026-11-01")),
        clients: fc.oneof(fc.anything(), fc.array(fc.oneof(entry, fc.anything()), { maxLength: 4 })),
      }),
    );
    fc.assert(
      fc.property(document, (made) => {
        const read = parseNetworkMap(made);
        if (read.ok) {
          expect(read.value.clients.every((each) => isTerritory(each.territory))).toBe(true);
          return;
        }
        expect(read.issues.length).toBeGreaterThan(0);
        for (const issue of read.issues) {
          expect(issue.code).toMatch(/^networks\/[a-z-]+$/);
          expect(issue.pointer).toMatch(/^(?:\/.*)?$/s);
        }
      }),
      { numRuns: numRuns * 2 },
    );
  });
});
