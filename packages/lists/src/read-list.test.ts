import { describe, expect, test } from "vitest";
import { LINE_FORMATS, shortReading } from "../test/notation.ts";
import vectors from "../test/vectors/lines.json" with { type: "json" };
import { LIST_FORMATS, type ListFormat, MAX_DIAGNOSTICS, MAX_LINE_CHARS, readList } from "./index.ts";

describe("readList", () => {
  test.each(vectors)("$format: $why", ({ format, text, entries = [], exceptions = [], diagnostics = [] }) => {
    expect(shortReading(readList(format as ListFormat, text))).toEqual({ entries, exceptions, diagnostics });
  });

  test("every format has vectors that are read and vectors that are refused", () => {
    for (const format of LINE_FORMATS) {
      const own = vectors.filter((vector) => vector.format === format);
      expect(own.some((vector) => vector.entries)).toBe(true);
      expect(own.some((vector) => vector.diagnostics)).toBe(true);
    }
  });

  test.each(LINE_FORMATS)("%s: an empty text is an empty list", (format) => {
    expect(readList(format, "")).toEqual({
      entries: [],
      exceptions: [],
      diagnostics: [],
      diagnosticCount: 0,
      countByCode: {},
      lineCount: 0,
      acceptedLines: 0,
      refusedLines: 0,
    });
  });

  test("diagnostics are capped and all counted, and the rest is read", () => {
    const reading = readList("domains", `${"a..b\n".repeat(MAX_DIAGNOSTICS + 500)}c d\na.example\n`);
    expect(reading.diagnostics).toHaveLength(MAX_DIAGNOSTICS);
    expect(reading.diagnosticCount).toBe(MAX_DIAGNOSTICS + 501);
    expect(reading.countByCode).toEqual({
      "net/name-label-empty": MAX_DIAGNOSTICS + 500,
      "net/name-character": 1,
    });
    expect(reading.entries).toEqual([{ type: "domain", value: "a.example", match: "subdomains" }]);
    expect(reading.lineCount).toBe(MAX_DIAGNOSTICS + 502);
  });

  test.each(LINE_FORMATS)("%s: a huge line is one diagnostic with a short text", (format) => {
    const { diagnostics, lineCount } = readList(format, `${"a".repeat(MAX_LINE_CHARS + 1)}\n`);
    expect(diagnostics).toMatchObject([{ code: "lists/line-too-long", line: 1, column: 1 }]);
    expect(diagnostics[0]?.text.length).toBeLessThan(300);
    expect(lineCount).toBe(1);
  });

  test("bytes are read as UTF-8, and text in a binary format is refused", () => {
    const bytes = new TextEncoder().encode("\ufeffmünchen.example\n");
    expect(shortReading(readList("domains", bytes)).entries).toEqual(["*xn--mnchen-3ya.example"]);
    for (const format of LIST_FORMATS.filter((each) => each.endsWith("-dat")))
      expect(readList(format, "a.example")).toMatchObject({
        entries: [],
        countByCode: { "lists/binary": 1 },
      });
  });

  test.each(LINE_FORMATS)("%s: no control character of a line is in a message", (format) => {
    const odd = "\u001b[31m\u0007\u009b";
    const lines = [
      `||a.example^$${odd}`,
      `a.example ${odd}CNAME x`,
      `a.example CNAME ${odd}.`,
      `local-zone: "a.example" ${odd}`,
      `local=/${odd}/`,
      `@@||${odd}a.example^`,
      `${odd}: b`,
      `192.0.2.0/24 ${odd}`,
      odd,
    ];
    const { diagnostics } = readList(format, `${lines.join("\n")}\n`);
    expect(diagnostics.length).toBeGreaterThan(0);
    for (const { message } of diagnostics) {
      expect(message).not.toMatch(/\p{Cc}/u);
      expect(message.length).toBeLessThan(520);
    }
  });

  test("an unknown format from untyped code is a diagnostic", () => {
    for (const format of ["rpz2", "toString", "__proto__"])
      expect(readList(format as ListFormat, "a.example")).toMatchObject({
        entries: [],
        diagnostics: [{ code: "lists/format" }],
      });
  });
});
