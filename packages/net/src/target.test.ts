import { expect, test } from "vitest";
import { parseTarget } from "./target.ts";

test.each([
  ["A.example", { text: "a.example", name: "a.example" }],
  ["192.0.2.7", { text: "192.0.2.7", address: Uint8Array.of(192, 0, 2, 7) }],
  [
    "http://A.example:8080/x",
    { text: "http://a.example:8080/x", name: "a.example", port: 8080, url: "http://a.example:8080/x" },
  ],
  ["https://a.example/x", { text: "https://a.example/x", name: "a.example", port: 443 }],
])("%s", (text, value) => expect(parseTarget(text)).toEqual({ ok: true, value }));

test.each([
  ["127.1", "net/name-numeric"],
  ["a.example/x", "net/target"],
  ["a.example:80", "net/target"],
  ["ftp://a.example", "net/url-scheme"],
  ["", "net/name-empty"],
])("%s is refused with %s", (text, code) => expect(parseTarget(text)).toMatchObject({ issue: { code } }));
