import { parsePrefix, prefixContains } from "@demarc/net";
import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { compareLists, coveredEntries, guessFormat, type ListEntry, readList } from "./index.ts";

const below = (value: string): ListEntry => ({ type: "domain", value, match: "subdomains" });
const exact = (value: string): ListEntry => ({ type: "domain", value, match: "exact" });
const cidr = (value: string): ListEntry => ({ type: "cidr", value });
const shown = (entries: ReturnType<typeof coveredEntries>) =>
  entries.map(({ entry, by }) => `${entry.value} by ${by.value}`);

describe("covered entries", () => {
  it.each([
    [[below("a.example"), below("b.a.example")], ["b.a.example by a.example"], "a name below"],
    [[below("a.example"), exact("a.example")], ["a.example by a.example"], "the name itself"],
    [[exact("a.example"), below("b.a.example")], [], "an exact name covers nothing below"],
    [[below("a.example"), below("ba.example")], [], "labels, not letters"],
    [[cidr("192.0.2.0/24"), cidr("192.0.2.128/25")], ["192.0.2.128/25 by 192.0.2.0/24"], "a prefix within"],
    [[cidr("192.0.2.0/24"), cidr("192.0.3.0/25")], [], "a prefix beside"],
    [[cidr("2001:db8::/32"), cidr("2001:db8:1::/48")], ["2001:db8:1::/48 by 2001:db8::/32"], "in IPv6 too"],
    [
      [
        { type: "url", value: "http://a.example/x", match: "prefix" },
        { type: "url", value: "http://a.example/x/y", match: "exact" },
        { type: "url", value: "http://a.example/xy", match: "exact" },
      ],
      ["http://a.example/x/y by http://a.example/x"],
      "segments of a URL, not letters",
    ],
  ] as const)("%#: %s", (entries, expected, _why) => {
    expect(shown(coveredEntries(entries))).toEqual(expected);
  });

  it("are none among patterns: only equal ones match the same", () => {
    const read = (text: string) => readList("adguard", text).entries;
    const [before, after] = [read("/ads/x\n/Banner/*.gif\n"), read("/banner/*.gif*\n/ads/xy\n")];
    expect(coveredEntries([...before, ...after])).toEqual([]);
    expect(compareLists(before, after)).toMatchObject({
      kept: 1,
      removed: [{ value: "/ads/x" }],
      added: [{ value: "/ads/xy" }],
    });
  });

  it("of prefixes are those that a plain comparison finds", () => {
    const prefix = fc
      .tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 26, max: 32 }))
      .map(([last, length]) =>
        parsePrefix(`192.0.2.${((last * 32) >> (32 - length)) << (32 - length)}/${length}`),
      )
      .map((parsed) => (parsed.ok ? parsed.value : null))
      .filter((value) => value !== null);
    fc.assert(
      fc.property(fc.array(prefix, { maxLength: 8 }), (prefixes) => {
        const texts = prefixes.map(({ address, length }) => `${address.join(".")}/${length}`);
        const found = new Set(coveredEntries(texts.map(cidr)).map(({ entry }) => entry.value));
        for (const [index, one] of prefixes.entries())
          expect(found.has(texts[index] ?? "")).toBe(
            prefixes.some((other) => other.length < one.length && prefixContains(other, one.address)),
          );
      }),
    );
  });
});

describe("two lists", () => {
  it("differ by entries, whatever their formats", () => {
    const before = readList("hosts", "0.0.0.0 a.example\n0.0.0.0 b.example\n").entries;
    const after = readList("adguard", "|b.example^\n||example^\n").entries;
    const { added, kept, removed, stillCovered } = compareLists(before, after);
    expect([added.map(({ value }) => value), removed.map(({ value }) => value), kept]).toEqual([
      ["example"],
      ["a.example"],
      1,
    ]);
    expect(shown(stillCovered)).toEqual(["a.example by example"]);
  });
});

test("URLs of many slashes cost no more than others, and are covered all the same", () => {
  const urls = Array.from({ length: 2_000 }, (_, at) => ({
    type: "url" as const,
    value: `http://a${at}.example/${"/".repeat(4_000)}`,
    match: "exact" as const,
  }));
  const wide = { type: "url", value: "http://a7.example/", match: "prefix" } as const;
  const start = performance.now();
  expect(coveredEntries([...urls, wide]).map(({ entry }) => entry)).toEqual([urls[7]]);
  // 25 s before.
  expect(performance.now() - start).toBeLessThan(5_000);
});

describe("a format is guessed", () => {
  const guess = (file: string, text: string) =>
    guessFormat(file, new TextEncoder().encode(text), (bytes) => new TextDecoder().decode(bytes));
  it.each([
    ["x.txt", "# comment\na.example\nb.example\n", "domains"],
    ["hosts", "127.0.0.1 localhost\n0.0.0.0 a.example\n0.0.0.0 b.example\n", "hosts"],
    ["x.txt", "||a.example^\n@@||b.example^\n", "adguard"],
    ["x.conf", "local=/a.example/\nserver=/b.example/#\n", "dnsmasq"],
    ["x.conf", 'local-zone: "a.example." always_nxdomain\n', "unbound"],
    ["x.txt", "192.0.2.0/24\n2001:db8::/32\n", "cidr"],
    ["db.rpz", "whatever", "rpz"],
    ["list.csv", "url\n", "csv"],
    ["x.json", '{"version":2,"rules":[{"domain":"a.example"', "sing-box"],
    ["x.json", '{"names":["a.example"]}', null],
    ["geoip.dat", "", "geoip-dat"],
    ["x.bin", "\u0001\u0002\n((\n", null],
  ])("of %s with %j: %s", (file, text, format) => {
    expect(guess(file, text)).toBe(format);
  });
});
