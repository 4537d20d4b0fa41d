// Scopes as bits beside the plain reading of docs/image-format.md, at instants that go to and fro over every change.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  encodeImage,
  type GroupInterval,
  KeyCollector,
  PrefixCollector,
  type ScopeItem,
} from "../src/format.ts";
import { decide, openImage } from "../src/index.ts";
import { parts, rulePart } from "./support/parts.ts";

const TERRITORIES = ["DE", "DE-BY", "ES", "ES-CN", "x-es-cove", "x-it-campione", "IT", "FR", "x-qq", "Q-Q-Q"];
const GROUPS = ["group:A", "group:B"];
const item = fc
  .constantFrom(...TERRITORIES, ...GROUPS)
  .map((code): ScopeItem => ({ code, isGroup: code.startsWith("group:") }));
const scope = fc.record({
  items: fc.array(item, { minLength: 1, maxLength: 3 }),
  except: fc.array(item, { maxLength: 2 }),
});
const interval = fc
  .record({
    group: fc.constantFrom(...GROUPS),
    territory: fc.constantFrom(...TERRITORIES),
    from: fc.constantFrom(Number.NEGATIVE_INFINITY, 0, 10, 20),
    length: fc.constantFrom(5, 10, Number.POSITIVE_INFINITY),
    inside: fc.boolean(),
  })
  .map(
    ({ group, territory, from, length, inside }): GroupInterval => ({
      group,
      territory,
      from,
      until: from === Number.NEGATIVE_INFINITY ? 15 : from + length,
      inside,
    }),
  );
const question = fc.record({
  territory: fc.oneof(
    fc.constantFrom(...TERRITORIES, "US", "FR-75", "x-fr-a-b", "-", "", "x-"),
    // Not countries, though their characters have bits in common with those of one.
    fc.constantFrom("de", "dE", "De", "$%", "\u0004\u0005", "\u0144E", "D", "DEU", "E[", "@@"),
  ),
  at: fc.integer({ min: -2, max: 40 }),
});

function parentOf(territory: string): string | null {
  const [, zone] = /^x-([^-]*)-/.exec(territory) ?? [];
  if (zone !== undefined) return zone.toUpperCase();
  const dash = territory.startsWith("x-") ? -1 : territory.indexOf("-");
  return dash < 0 ? null : territory.slice(0, dash);
}
function around(territory: string): string[] {
  const parent = parentOf(territory);
  return [territory, ...(parent === null ? [] : around(parent))];
}
function holds(
  items: readonly ScopeItem[],
  intervals: readonly GroupInterval[],
  territory: string,
  at: number,
): boolean {
  return items.some(({ code, isGroup }) => {
    if (!isGroup) return around(territory).includes(code);
    for (const each of around(territory)) {
      const found = intervals.find(
        ({ group, territory: member, from, until }) =>
          group === code && member === each && from <= at && at < until,
      );
      if (found !== undefined) return found.inside;
    }
    return false;
  });
}

test("many scopes, each asked from many places at many instants", () => {
  fc.assert(
    fc.property(
      fc.array(scope, { minLength: 1, maxLength: 70 }),
      fc.array(interval, { maxLength: 8 }),
      fc.array(question, { minLength: 1, maxLength: 40 }),
      (scopes, intervals, questions) => {
        const rules = scopes.map(({ items, except }, index) =>
          rulePart(`r${String(index).padStart(3, "0")}`, "observe", {
            effective: -100,
            territories: items,
            except,
          }),
        );
        const { bytes } = encodeImage({
          ...parts,
          rules,
          intervals,
          atoms: rules.map((_, rule) => ({ rule, role: "selector", list: null })),
          names: new KeyCollector(),
          urls: new KeyCollector(),
          patterns: [],
          prefixes: new PrefixCollector(),
          ports: [],
          asns: new Map(),
          classes: new Map(),
          schedules: [],
          any: rules.map((_, atom) => ({ atom, excluded: false })),
        });
        const image = openImage(bytes);
        if (!image.ok) throw new Error(image.issue.message);
        for (const { territory, at } of questions) {
          const place = { connector: "subject-location", territory, confidence: 1 } as const;
          const { observed } = decide(image.value, { at, places: [place] });
          const expected = scopes.flatMap(({ items, except }, index) =>
            holds(items, intervals, territory, at) && !holds(except, intervals, territory, at) ? [index] : [],
          );
          expect(observed.map(({ index }) => index)).toEqual(expected);
        }
      },
    ),
    { numRuns: Number(process.env["FUZZ_RUNS"] ?? 300) },
  );
});
