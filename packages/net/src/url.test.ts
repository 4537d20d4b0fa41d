import { describe, expect, test } from "vitest";
import vectors from "../test/vectors/urls.json" with { type: "json" };
import { MAX_URL_CHARS, parseUrl, parseUrlPrefix, urlMatchesPrefix } from "./url.ts";

describe("parseUrl", () => {
  test.each(vectors)("$text: $why", ({ text, href, code }) => {
    const url = parseUrl(text);
    expect(url.ok ? url.value.href : url.issue.code).toBe(href ?? code);
  });

  test("gives the parts", () => {
    expect(parseUrl("https://A.example:8443/x?y#z")).toEqual({
      ok: true,
      value: {
        scheme: "https",
        host: "a.example",
        address: null,
        port: 8443,
        path: "/x?y",
        href: "https://a.example:8443/x?y",
      },
    });
    expect(parseUrl("http://[2001:db8::1]/")).toMatchObject({
      value: { host: "2001:db8::1", address: { length: 16 }, port: 80 },
    });
  });

  test("has an end", () => {
    const start = "http://a.example/";
    expect(parseUrl(start + "a".repeat(MAX_URL_CHARS - start.length)).ok).toBe(true);
    expect(parseUrl(start + "a".repeat(MAX_URL_CHARS))).toMatchObject({
      issue: { code: "net/url-too-long" },
    });
  });
});

describe("URL prefixes", () => {
  test.each([
    ["http://a.example/x", "http://a.example/x", true],
    ["http://a.example/x", "http://a.example/x/y", true],
    ["http://a.example/x", "http://a.example/x?q", true],
    ["http://a.example/x", "http://a.example/xy", false],
    ["http://a.example/x", "http://a.example/x%2Fy", false],
    ["http://a.example/x/", "http://a.example/x/y", true],
    ["http://a.example/x/", "http://a.example/x", false],
    ["http://a.example/", "http://a.example/anything", true],
    ["http://a.example", "http://a.example.evil.example/", false],
    ["http://a.example:8080/", "http://a.example:80801/", false],
    ["http://a.example/", "https://a.example/", false],
    ["http://a.example/x", "http://a.example/x/../y", false],
    ["http://a.example/x", "http://a.example/%78/y", true],
  ])("%s and %s: %s", (prefix, url, expected) => {
    const [a, b] = [parseUrlPrefix(prefix), parseUrl(url)];
    if (!a.ok) throw new Error(a.issue.message);
    // A URL that is refused (a port that is none) is matched by nothing.
    expect(b.ok && urlMatchesPrefix(a.value.href, b.value.href)).toBe(expected);
  });

  test("a prefix has no query", () => {
    expect(parseUrlPrefix("http://a.example/x?y")).toMatchObject({ issue: { code: "net/url-prefix-query" } });
  });
});
