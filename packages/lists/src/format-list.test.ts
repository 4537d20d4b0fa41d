import { describe, expect, test } from "vitest";
import { short } from "../test/notation.ts";
import { formatList, type WritableFormat } from "./format-list.ts";
import type { ListEntry } from "./list-reading.ts";
import { LIST_FORMATS } from "./read-list.ts";

const entries: ListEntry[] = [
  { type: "domain", value: "a.example", match: "subdomains" },
  { type: "domain", value: "b.example", match: "exact" },
  { type: "cidr", value: "192.0.2.0/24" },
  { type: "cidr", value: "2001:db8::/32" },
  { type: "url", value: "http://c.example/x", match: "prefix" },
];
const exceptions: ListEntry[] = [{ type: "domain", value: "ok.a.example", match: "subdomains" }];
const url = "http://c.example/x";
const cidrs = ["192.0.2.0/24", "2001:db8::/32"];

describe("formatList", () => {
  test.each<[WritableFormat, string[], string[]]>([
    ["domains", ["a.example", "=b.example"], [...cidrs, url, "*ok.a.example"]],
    ["hosts", ["0.0.0.0 b.example"], ["*a.example", ...cidrs, url, "*ok.a.example"]],
    ["adguard", ["||a.example^", "|b.example^", "@@||ok.a.example^"], [...cidrs, url]],
    ["dnsmasq", ["local=/a.example/", "server=/ok.a.example/#"], ["=b.example", ...cidrs, url]],
    ["geosite", ["domain:a.example", "full:b.example"], [...cidrs, url, "*ok.a.example"]],
    ["cidr", cidrs, ["*a.example", "=b.example", url, "*ok.a.example"]],
  ])("%s says what it can and returns the rest", (format, lines, left) => {
    const written = formatList(format, entries, { exceptions, leaveOut: true });
    expect(written).toMatchObject({ ok: true, text: `${lines.join("\n")}\n` });
    expect(written.omitted.map(short)).toEqual(left);
    // Unless somebody says to go on, nothing is dropped.
    const refused = formatList(format, entries, { exceptions });
    expect(refused).toEqual({ ok: false, omitted: written.omitted });
  });

  test("rpz is a whole zone", () => {
    const written = formatList("rpz", entries, { exceptions, serial: 7, leaveOut: true });
    expect(written.ok && written.text.split("\n")).toEqual([
      "$TTL 300",
      "@ SOA localhost. hostmaster.localhost. 7 3600 600 86400 300",
      "@ NS localhost.",
      "a.example CNAME .",
      "*.a.example CNAME .",
      "b.example CNAME .",
      "24.0.2.0.192.rpz-ip CNAME .",
      "32.zz.db8.2001.rpz-ip CNAME .",
      "ok.a.example CNAME rpz-passthru.",
      "*.ok.a.example CNAME rpz-passthru.",
      "",
    ]);
    expect(written.omitted.map(short)).toEqual([url]);
  });

  test("sing-box is one rule; the only exception that it has is a name all below which is listed", () => {
    const apex: ListEntry = { type: "domain", value: "a.example", match: "exact" };
    const written = formatList("sing-box", entries, { exceptions: [...exceptions, apex], leaveOut: true });
    const rule = { domain: ["b.example"], domain_suffix: [".a.example"], ip_cidr: cidrs };
    expect(written.ok && JSON.parse(written.text)).toEqual({ version: 2, rules: [rule] });
    expect(written.omitted.map(short)).toEqual(["*ok.a.example", url]);
    expect(formatList("sing-box", entries).ok).toBe(false);
    const none = formatList("sing-box", []);
    expect(none.ok && JSON.parse(none.text)).toEqual({ version: 2, rules: [] });
  });

  test("patterns of URLs are for adguard alone, written so that they are read again", () => {
    const patterns = ["||a.example/x", "/ads/", "/x.", "a.example.x", "|a.example", "@@ads/", "!/ads/"].map(
      (value): ListEntry => ({ type: "url-pattern", value }),
    );
    const written = formatList("adguard", patterns, { exceptions: patterns.slice(0, 1) });
    expect(written.ok && written.text.split("\n")).toEqual([
      "||a.example/x",
      "*/ads/",
      "/x.",
      "*a.example.x",
      "|a.example*",
      "*@@ads/",
      "*!/ads/",
      "@@||a.example/x",
      "",
    ]);
    for (const format of LIST_FORMATS)
      if (format !== "adguard" && !format.endsWith("-dat"))
        expect(formatList(format as WritableFormat, patterns).ok, format).toBe(false);
  });

  test("nothing is an empty text", () =>
    expect(formatList("domains", [])).toEqual({ ok: true, text: "", omitted: [] }));
});
