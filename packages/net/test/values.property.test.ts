// Whatever the text: no throw, reading a canonical text changes nothing, and what is written is read back.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addressKind,
  embeddedAddress,
  formatAddress,
  formatPrefix,
  parentName,
  parseAddress,
  parseName,
  parsePrefix,
  parseTarget,
  parseUrl,
  parseUrlPrefix,
  prefixContains,
  type Result,
  unmapAddress,
  urlMatchesPrefix,
} from "../src/index.ts";

const numRuns = Number(process.env["FUZZ_RUNS"] ?? 2000);
const check = <T>(property: fc.IProperty<T>) => fc.assert(property, { numRuns });

const PARSERS: Record<string, (text: string) => Result<unknown>> = {
  parseName,
  parseAddress,
  parsePrefix,
  parseUrl,
  parseUrlPrefix,
  parseTarget,
};

// Text near the grammar finds more than text far from it.
const nearText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...Array.from("0123456789abcfxXzZ.:/-_%@[]?#\\ *&$ß。１"),
        "..",
        "::",
        "://",
        "http://",
        "https://",
        "%2e",
        "%2F",
        "xn--",
        "0x",
        "255",
        "256",
        "a.example",
        "192.0.2.1",
        "2001:db8::",
        "ffff:",
        "/24",
        "/128",
        "\u00ad",
        "\u200d",
        "\ud83d",
        "\u0000",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));
const anyText = fc.oneof(nearText, fc.string({ unit: "binary" }), fc.string());
const nearUrl = nearText.map((text) => `http://a.example/${text}`);

const v4 = fc.uint8Array({ minLength: 4, maxLength: 4 });
// Zero bytes often, so that runs of zeros and embedded addresses appear.
const v6 = fc
  .array(fc.oneof(fc.constant(0), fc.constantFrom(0x20, 0x01, 0x02, 0xff), fc.nat(255)), {
    minLength: 16,
    maxLength: 16,
  })
  .map((bytes) => unmapAddress(Uint8Array.from(bytes)));
const address = fc.oneof(v4, v6);
const bits = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");

describe("any text", () => {
  test.each(Object.keys(PARSERS))("%s gives a result, and an issue that says something", (name) => {
    check(
      fc.property(fc.oneof(anyText, nearUrl), (text) => {
        const result = PARSERS[name]?.(text);
        if (result === undefined || result.ok) return;
        expect(result.issue.code).toMatch(/^net\/[a-z0-9-]+$/);
        expect(result.issue.message.length).toBeGreaterThan(10);
        expect(result.issue.message.length).toBeLessThan(1500);
        if (result.issue.offset !== undefined) expect(result.issue.offset).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  test.each(Object.keys(PARSERS))("%s refuses what is no text, from untyped code", (name) => {
    for (const value of [undefined, null, 7, {}, []])
      expect(PARSERS[name]?.(value as never)).toMatchObject({ ok: false });
  });
});

describe("canonical text", () => {
  test("a name read twice is the same, and has the shape", () => {
    check(
      fc.property(fc.oneof(anyText, fc.domain()), (text) => {
        const name = parseName(text);
        if (!name.ok) return;
        expect(parseName(name.value)).toEqual(name);
        expect(name.value).toMatch(
          /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/,
        );
        expect(name.value.length).toBeLessThanOrEqual(253);
        expect(parseAddress(name.value).ok).toBe(false);
        const parent = parentName(name.value);
        if (parent !== null) expect(name.value.endsWith(`.${parent}`)).toBe(true);
      }),
    );
  });

  test("a URL read twice is the same", () => {
    check(
      fc.property(fc.oneof(nearText, nearUrl, fc.webUrl({ withQueryParameters: true })), (text) => {
        const url = parseUrl(text);
        if (!url.ok) return;
        expect(parseUrl(url.value.href)).toEqual(url);
        expect(urlMatchesPrefix(url.value.href, url.value.href)).toBe(true);
      }),
    );
  });

  test("a host that we accept is the host that URL parsers see, or a name that they refuse", () => {
    check(
      fc.property(fc.oneof(nearText, fc.domain(), fc.ipV4Extended()), (text) => {
        const url = parseUrl(`http://${text}/`);
        if (!url.ok || !URL.canParse(`http://${text}/`)) return;
        const seen = new URL(`http://${text}/`).hostname.replace(/\.$/, "");
        if (!seen.startsWith("[::ffff:") && url.value.address?.length !== 16)
          expect(url.value.host).toBe(seen);
      }),
    );
  });
});

describe("addresses", () => {
  test("what is written is read back", () => {
    check(
      fc.property(address, (bytes) => {
        expect(parseAddress(formatAddress(bytes))).toEqual({ ok: true, value: Uint8Array.from(bytes) });
      }),
    );
  });

  test("text that is read is written canonically", () => {
    check(
      fc.property(fc.oneof(anyText, fc.ipV4(), fc.ipV6()), (text) => {
        const read = parseAddress(text);
        if (read.ok) expect(parseAddress(formatAddress(read.value))).toEqual(read);
      }),
    );
  });

  test("IPv6 text is the one that URL parsers write", () => {
    check(
      fc.property(v6, (bytes) => {
        if (bytes.length !== 16) return;
        expect(`[${formatAddress(bytes)}]`).toBe(new URL(`http://[${formatAddress(bytes)}]/`).hostname);
      }),
    );
  });

  test("prefixes: written and read back; contain exactly what shares their bits", () => {
    check(
      fc.property(address, address, fc.nat(128), (base, other, wanted) => {
        const length = Math.min(wanted, base.length * 8);
        const kept = bits(base)
          .slice(0, length)
          .padEnd(base.length * 8, "0");
        const network = base.map((_, index) => Number.parseInt(kept.slice(index * 8, index * 8 + 8), 2));
        const prefix = parsePrefix(`${formatAddress(network)}/${length}`);
        if (!prefix.ok) throw new Error(prefix.issue.message);
        expect(parsePrefix(formatPrefix(prefix.value))).toEqual(prefix);
        expect(prefixContains(prefix.value, base)).toBe(true);
        const shares = other.length === base.length && bits(other).startsWith(bits(network).slice(0, length));
        expect(prefixContains(prefix.value, other)).toBe(shares);
      }),
    );
  });

  test("every address has a kind, and an embedded one is never more public than what it carries", () => {
    check(
      fc.property(address, (bytes) => {
        const kind = addressKind(bytes);
        const carried = embeddedAddress(bytes);
        if (carried !== null && addressKind(carried) !== "global") expect(kind).not.toBe("global");
      }),
    );
  });
});
