// What is written as a policy zone is blocked in BIND as the list blocks it; what is read from one is matched no further than in BIND.
import { formatAddress, parseAddress } from "@demarc/net";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatList, type ListEntry, readList } from "../src/index.ts";
import { listBlocks, listBlocksAddress, zoneBlocksAddress, zoneNames, zoneOwners } from "./bind-zone.ts";

const numRuns = Number(process.env["FUZZ_RUNS"] ?? 2000);

// Every name of up to three labels below example: few labels, so that names stand above and below each other.
const LABELS = ["a", "b"];
const level = (names: readonly string[]): string[] =>
  names.flatMap((name) => LABELS.map((label) => `${label}.${name}`));
const one = level(["example"]);
const two = level(one);
const NAMES = ["example", ...one, ...two, ...level(two)];
const AROUND = [...NAMES, ...NAMES.flatMap((name) => [`q.${name}`, `q.q.${name}`]), "other"];
const PREFIXES = ["10.0.0.0/8", "10.0.0.0/16", "10.0.0.0/24", "10.0.0.7/32", "10.0.1.0/24"];
const ADDRESSES = ["10.0.0.7", "10.0.0.8", "10.0.1.1", "10.0.2.1", "10.9.0.1", "11.0.0.1"].map((text) => {
  const address = parseAddress(text);
  if (!address.ok) throw new Error(text);
  return address.value;
});

const entry: fc.Arbitrary<ListEntry> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("domain" as const),
      value: fc.constantFrom(...NAMES),
      match: fc.constantFrom("exact" as const, "subdomains" as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("cidr" as const), value: fc.constantFrom(...PREFIXES) }),
  },
);

describe("a policy zone", { timeout: 120_000 }, () => {
  test("that is written has each owner once, and blocks what the list blocks; read again it is the list", () => {
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 6 }),
        fc.array(entry, { maxLength: 4 }),
        (entries, exceptions) => {
          const zone = formatList("rpz", entries, { exceptions });
          if (!zone.ok) throw new Error("refused");
          const owners = zoneOwners(zone.text);
          expect(new Set(owners.map(([owner]) => owner)).size, zone.text).toBe(owners.length);
          const reading = readList("rpz", zone.text);
          expect(reading.diagnostics).toEqual([]);
          const byOwner = new Map(owners);
          const isInZone = zoneNames(byOwner);
          for (const name of AROUND) {
            const isBlocked = listBlocks(entries, exceptions, name);
            expect(isInZone(name), `${name} in\n${zone.text}`).toBe(isBlocked);
            expect(
              listBlocks(reading.entries, reading.exceptions, name),
              `${name} read from\n${zone.text}`,
            ).toBe(isBlocked);
          }
          for (const address of ADDRESSES) {
            const isBlocked = listBlocksAddress(entries, exceptions, address);
            expect(zoneBlocksAddress(byOwner, address), `${formatAddress(address)} in\n${zone.text}`).toBe(
              isBlocked,
            );
            expect(listBlocksAddress(reading.entries, reading.exceptions, address)).toBe(isBlocked);
          }
        },
      ),
      { numRuns },
    );
  });

  test("that is read matches nothing that the zone does not block, and tells of each block that it loses", () => {
    const owner = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...NAMES.flatMap((name) => [name, `*.${name}`])) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          "8.0.0.0.10.rpz-ip",
          "16.0.0.0.10.rpz-ip",
          "24.0.0.0.10.rpz-ip",
          "32.7.0.0.10.rpz-ip",
        ),
      },
    );
    const action = fc.constantFrom(
      "CNAME .",
      "CNAME .",
      "CNAME .",
      "CNAME rpz-passthru.",
      "A 192.0.2.1",
      "CNAME rpz-tcp-only.",
    );
    const zone = fc.uniqueArray(fc.tuple(owner, action), { maxLength: 8, selector: ([name]) => name });
    let exact = 0;
    fc.assert(
      fc.property(zone, (records) => {
        const text = records.map((record) => record.join(" ")).join("\n");
        const owners = new Map(zoneOwners(text));
        const isInZone = zoneNames(owners);
        const { entries, exceptions, countByCode, diagnostics } = readList("rpz", text);
        const lifted = new Set(
          diagnostics.flatMap(({ code, line }) =>
            code === "lists/rpz-lifted" ? [records[line - 1]?.[0]] : [],
          ),
        );
        const isWhole = countByCode["lists/rpz-lifted"] === undefined;
        if (isWhole) exact += 1;
        for (const name of AROUND) {
          const isBlocked = isInZone(name);
          const isMatched = listBlocks(entries, exceptions, name);
          if (isMatched || isWhole) expect(isMatched, `${name} read from\n${text}`).toBe(isBlocked);
        }
        for (const address of ADDRESSES) {
          const isBlocked = zoneBlocksAddress(owners, address);
          const isMatched = listBlocksAddress(entries, exceptions, address);
          if (isMatched || isWhole)
            expect(isMatched, `${formatAddress(address)} read from\n${text}`).toBe(isBlocked);
        }
        for (const [name, does] of owners)
          if (does === "block" && !name.startsWith("*.") && !name.endsWith(".rpz-ip"))
            expect(lifted.has(name), `${name} of\n${text}`).toBe(!listBlocks(entries, exceptions, name));
      }),
      { numRuns },
    );
    expect(exact).toBeGreaterThan(numRuns / 10);
  });
});
