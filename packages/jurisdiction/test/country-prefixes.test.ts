// The addresses of a country: the same as a lookup of each says, in the fewest prefixes.
import { formatPrefix, parsePrefix } from "@demarc/net";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countryPrefixes } from "../src/country-prefixes.ts";
import { databaseLocation } from "../src/database-source.ts";
import type { Mmdb } from "../src/mmdb.ts";
import { address, country, opened } from "./sources.ts";
import { type MmdbOptions, rawMmdb, type Value, writeMmdb } from "./write-mmdb.ts";

const shown = (mmdb: Mmdb, code: string): readonly string[] => {
  const found = countryPrefixes(mmdb, code);
  if (!found.ok) throw new Error(found.issue.message);
  return found.value.prefixes.map(formatPrefix);
};
const of = (records: Readonly<Record<string, Value>>, code: string, options: MmdbOptions = {}) =>
  shown(opened(writeMmdb(records, options)), code);

describe("the prefixes of a country", () => {
  const de = country("DE");
  const at = country("AT");

  test("are collapsed to the fewest", () =>
    expect(
      of(
        {
          "9.0.0.0/9": de,
          "9.128.0.0/10": de,
          "9.192.0.0/10": country("DE", { city: "x" }),
          "9.1.2.0/24": at,
        },
        "AT",
      ),
    ).toEqual(["9.1.2.0/24"]));

  test("join neighbours whose records differ elsewhere", () =>
    expect(
      of({ "9.0.0.0/9": de, "9.128.0.0/9": country("DE", { city: "x" }), "11.0.0.0/8": at }, "DE"),
    ).toEqual(["9.0.0.0/8"]));

  test("leave a hole where another country is", () =>
    expect(of({ "9.0.0.0/8": de, "9.64.0.0/10": at }, "DE")).toEqual(["9.0.0.0/10", "9.128.0.0/9"]));

  test("are of both families, IPv4 first", () =>
    expect(of({ "2a00::/16": de, "9.0.0.0/8": de, "2a01::/16": at }, "DE")).toEqual([
      "9.0.0.0/8",
      "2a00::/16",
    ]));

  test("are of the location, never of a registration", () =>
    expect(of({ "9.0.0.0/8": { registered_country: { iso_code: "DE" } }, "11.0.0.0/8": de }, "DE")).toEqual([
      "11.0.0.0/8",
    ]));

  test.each([24, 28, 32] as const)(
    "are not told again where the tree repeats IPv4 (%d bits)",
    (recordSize) => {
      const aliases = ["2001::/32", "2002::/16"];
      const records = { "9.0.0.0/8": de, "11.0.0.0/8": at, "2a00::/16": de };
      expect(of(records, "DE", { aliases, recordSize })).toEqual(["9.0.0.0/8", "2a00::/16"]);
    },
  );

  test("are not told again where records of their own repeat IPv4", () => {
    const records = { "9.0.0.0/8": de, "2002:900::/24": de, "2001:0:900::/40": de, "2000::/12": de };
    expect(of(records, "DE")).toEqual([
      "9.0.0.0/8",
      "2000::/16",
      "2001:1::/32",
      "2001:2::/31",
      "2001:4::/30",
      "2001:8::/29",
      "2001:10::/28",
      "2001:20::/27",
      "2001:40::/26",
      "2001:80::/25",
      "2001:100::/24",
      "2001:200::/23",
      "2001:400::/22",
      "2001:800::/21",
      "2001:1000::/20",
      "2001:2000::/19",
      "2001:4000::/18",
      "2001:8000::/17",
      "2003::/16",
      "2004::/14",
      "2008::/13",
    ]);
  });

  test("are all of IPv4 where one record covers its tree", () => {
    expect(of({ "::/8": de, "2a00::/16": at }, "DE")[0]).toBe("0.0.0.0/0");
    expect(of({ "0.0.0.0/1": de, "128.0.0.0/1": country("DE") }, "DE", { ipVersion: 4 })).toEqual([
      "0.0.0.0/0",
    ]);
  });

  test("are none where no network is of the country", () =>
    expect(of({ "9.0.0.0/8": de }, "FR")).toEqual([]));

  test("are what lookups say, and none of them could be spared", () => {
    const prefix = fc
      .tuple(fc.nat(15), fc.nat(15), fc.integer({ min: 1, max: 16 }))
      .map(([first, second, length]) => {
        const bits = ((first << 12) | (second << 4)) & (0xffff << (16 - length));
        return `${bits >> 8}.${bits & 255}.0.0/${length}`;
      });
    fc.assert(
      fc.property(fc.dictionary(prefix, fc.constantFrom("DE", "AT")), (placed) => {
        const records = Object.fromEntries(
          Object.entries({ "255.255.0.0/16": "FR", ...placed }).map(([text, code]) => [text, country(code)]),
        );
        const mmdb = opened(writeMmdb(records, { aliases: ["2002::/16"] }));
        const found = shown(mmdb, "DE").map((text) => {
          const parsed = parsePrefix(text);
          if (!parsed.ok) throw new Error(text);
          return parsed.value;
        });
        const listed = (high: number, low: number) =>
          found.some(({ address: [a = 0, b = 0], length }) => {
            const size = 2 ** Math.max(0, 16 - length);
            const start = a * 256 + b;
            return high * 256 + low >= start && high * 256 + low < start + size;
          });
        for (let high = 0; high < 256; high += 5)
          for (let low = 0; low < 256; low += 16) {
            const at4 = mmdb.lookup(address(`${high}.${low}.0.1`));
            const code = at4.ok && at4.value !== null ? databaseLocation(at4.value.value) : null;
            expect(listed(high, low), `${high}.${low}`).toBe(code === "DE");
          }
        // Two halves of one block would be one prefix.
        const texts = new Set(found.map(formatPrefix));
        for (const { address: bytes, length } of found) {
          const sibling = bytes.slice();
          const bit = length - 1;
          if (bit < 0) continue;
          sibling[bit >> 3] = (sibling[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
          expect(texts.has(formatPrefix({ address: sibling, length }))).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("a damaged record is a fault", () => {
    // A map that says it has more than there is.
    const found = countryPrefixes(opened(rawMmdb([0xe3, 0x41])), "DE");
    expect(found).toMatchObject({ ok: false, issue: { code: "mmdb/corrupt" } });
  });
});
