// Whatever the text: no throw, canonical entries, true counts. What is written is read back.

import { formatPrefix, parseName, parsePrefix, parseUrl } from "@demarc/net";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatList, type ListEntry, readList } from "../src/index.ts";
import { isNameRule, readPattern } from "../src/internal/url-pattern.ts";
import { listBlocks } from "./bind-zone.ts";
import { LINE_FORMATS, type LineFormat, short } from "./notation.ts";

const numRuns = Number(process.env["FUZZ_RUNS"] ?? 1000);
const check = <T>(property: fc.IProperty<T>) => fc.assert(property, { numRuns });

// Pieces of every format's grammar, so that texts are nearly lists.
const pieces = [
  "||",
  "^",
  "@@",
  "$",
  "important",
  ",",
  "badfilter",
  "#",
  "##",
  "!",
  "/",
  "|",
  "*",
  "*.",
  "=",
  ".",
  " ",
  "\t",
  "\n",
  "\r\n",
  "address=/",
  "server=/",
  "local=/",
  "/#",
  "include:",
  "full:",
  "domain:",
  "keyword:",
  "regexp:",
  "@ads",
  "&x",
  " CNAME .",
  " CNAME rpz-passthru.",
  " IN SOA ",
  "$ORIGIN ",
  "$TTL 1",
  ".rpz-ip",
  ".rpz-nsip",
  "24.0.2.0.192",
  "32.zz.db8.2001",
  "(",
  ")",
  ";",
  '"',
  "\\",
  "@",
  "a.example",
  "b.a.example",
  "xn--",
  "ü",
  "0.0.0.0 ",
  "::1 ",
  "192.0.2.0/24",
  "2001:db8::/32",
  "localhost",
  "__proto__",
  "constructor",
  "\ufeff",
  "\u0000",
  "\ud800",
  "1h",
  "IN",
];
const nearList = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...pieces) },
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    {
      maxLength: 30,
    },
  )
  .map((parts) => parts.join(""));
const anyText = fc.oneof(nearList, fc.string({ unit: "binary" }));

const name = fc
  .oneof(
    { weight: 3, arbitrary: fc.domain().filter((text) => parseName(text).ok) },
    { weight: 1, arbitrary: fc.constantFrom("a.example", "b.a.example", "c.b.a.example") },
  )
  .map((text) => text.toLowerCase());
const domain = fc.record({
  type: fc.constant("domain" as const),
  value: name,
  match: fc.constantFrom("exact" as const, "subdomains" as const),
});
const cidr = fc
  .tuple(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(128))
  .map(([address, length]) => {
    // A refused prefix names the right one in its help; /32 and /128 are always right.
    const whole = parsePrefix(address);
    if (!whole.ok) return null;
    const bits = Math.min(length, whole.value.length);
    const bytes = whole.value.address.map((byte, index) => {
      const kept = Math.min(8, Math.max(0, bits - index * 8));
      return byte & ((0xff << (8 - kept)) & 0xff);
    });
    return { type: "cidr" as const, value: formatPrefix({ address: bytes, length: bits }) };
  })
  .filter((entry) => entry !== null)
  // Masking can make an IPv4-mapped address of another; such text is read as IPv4.
  .filter((entry) => parsePrefix(entry.value).ok);

// Pieces of patterns; what is no pattern is left out by the reader.
const pattern = fc
  .array(
    fc.constantFrom(
      "|",
      "||",
      "*",
      "^",
      "/",
      ".",
      "-",
      "ads",
      "Banner",
      "x",
      "%2F",
      "?",
      "=",
      "#",
      "!",
      "[",
      "@@",
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => readPattern(parts.join("")))
  .filter((reading) => reading.ok)
  .map(({ value }) => ({ type: "url-pattern" as const, value }))
  // In a row these are a cosmetic rule; the reader never says them.
  .filter(({ value }) => !/#[@?$%]*#/.test(value) && !isNameRule(value.replace(/\|$/, "")));

describe.each(LINE_FORMATS)("%s", (format) => {
  test("any text is read", () => {
    check(
      fc.property(anyText, (text) => {
        const reading = readList(format, text);
        const counted = Object.values(reading.countByCode).reduce((sum, each) => sum + each, 0);
        expect(counted).toBe(reading.diagnosticCount);
        expect(reading.diagnostics.length).toBe(reading.diagnosticCount);
        for (const { line, column, code } of reading.diagnostics) {
          expect(code).toMatch(/^(?:net|lists)\/[a-z0-9-]+$/);
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(reading.lineCount);
          expect(column).toBeGreaterThanOrEqual(1);
        }
        for (const entry of [...reading.entries, ...reading.exceptions])
          expect(canonical(entry)).toBe(entry.value);
        expect(new Set(reading.entries.map(short)).size).toBe(reading.entries.length);
      }),
    );
  });

  test("a garbage line harms no other", () => {
    const good: Record<LineFormat, string> = {
      domains: "good.example",
      hosts: "0.0.0.0 good.example",
      adguard: "||good.example^",
      dnsmasq: "local=/good.example/",
      rpz: "good.example CNAME .",
      geosite: "good.example",
      cidr: "192.0.2.7",
      unbound: "local-zone: good.example static",
      csv: "x,http://good.example/",
    };
    check(
      fc.property(fc.string({ unit: "binary" }), (garbage) => {
        const line = garbage.replaceAll(/[\n()]/g, "");
        // A zone's directives are about all that follows.
        if (line.startsWith("$") || / SOA /i.test(line)) return;
        // A quote may open a field that goes over lines.
        if (format === "csv" && line.includes('"')) return;
        const options = format === "csv" ? { column: 1 } : {};
        const { entries } = readList(format, `${line}\n${good[format]}\n`, options);
        const expected: Partial<Record<LineFormat, string>> = {
          cidr: "192.0.2.7/32",
          csv: "http://good.example/",
        };
        expect(entries.map((entry) => entry.value)).toContain(expected[format] ?? "good.example");
      }),
    );
  });

  test("what is written is read back", () => {
    check(
      fc.property(
        fc.array(fc.oneof(domain, cidr, pattern)),
        fc.array(fc.oneof(domain, pattern)),
        (entries, exceptions) => {
          const written = formatList(format, entries, { exceptions, leaveOut: true });
          if (!written.ok) throw new Error("refused, though it was told to go on");
          expect(formatList(format, entries, { exceptions }).ok).toBe(written.omitted.length === 0);
          const reading = readList(format, written.text);
          expect(reading.diagnostics).toEqual([]);
          const left = new Set<ListEntry>(written.omitted);
          // A zone says what holds at each name; rpz.property.test.ts asks about the names.
          if (format === "rpz") return;
          const kept = (list: readonly ListEntry[]) =>
            new Set(list.filter((entry) => !left.has(entry)).map(short));
          // There the nearest name wins, so what an exception takes out is not written.
          const nearest = format === "dnsmasq" || format === "unbound";
          const matching = entries.filter(
            ({ type, value }) =>
              !(nearest && type === "domain" && listBlocks(wholeNames(exceptions), [], value)),
          );
          expect(new Set(reading.entries.map(short))).toEqual(kept(matching));
          expect(new Set(reading.exceptions.map(short))).toEqual(kept(exceptions));
        },
      ),
    );
  });
});

function wholeNames(list: readonly ListEntry[]): ListEntry[] {
  return list.filter((entry) => entry.type === "domain" && entry.match === "subdomains");
}

function canonical(entry: ListEntry): string {
  if (entry.type === "url") {
    const url = parseUrl(entry.value);
    return url.ok ? url.value.href : url.issue.message;
  }
  if (entry.type === "url-pattern") {
    const written = formatList("adguard", [entry]);
    return written.ok ? (readList("adguard", written.text).entries[0]?.value ?? written.text) : "";
  }
  const parsed = entry.type === "cidr" ? parsePrefix(entry.value) : parseName(entry.value);
  if (!parsed.ok) return parsed.issue.message;
  return typeof parsed.value === "string" ? parsed.value : formatPrefix(parsed.value);
}
