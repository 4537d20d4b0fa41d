import { describe, expect, test } from "vitest";
import vectors from "../test/vectors/names.json" with { type: "json" };
import { MAX_NAME_BYTES, parentName, parseName } from "./name.ts";

describe("parseName", () => {
  test.each(vectors)("$text: $why", ({ text, value, code, offset }) => {
    const name = parseName(text);
    expect(name.ok ? name.value : name.issue.code).toBe(value ?? code);
    if (!name.ok && offset !== undefined) expect(name.issue.offset).toBe(offset);
  });

  test("a label has 63 bytes at most", () => {
    expect(parseName(`${"a".repeat(63)}.example`).ok).toBe(true);
    expect(parseName(`${"a".repeat(64)}.example`)).toMatchObject({
      issue: { code: "net/name-label-too-long" },
    });
  });

  test("a name has 253 bytes at most, with or without the root's dot", () => {
    const longest = `${"a.".repeat(126)}b`;
    expect(longest).toHaveLength(MAX_NAME_BYTES);
    expect(parseName(`${longest}.`)).toEqual({ ok: true, value: longest });
    expect(parseName(`a${longest}`)).toMatchObject({ issue: { code: "net/name-too-long" } });
  });

  test("an international name is measured as A-labels", () => {
    // 40 U-label characters that need more than 63 bytes.
    const label = Array.from({ length: 40 }, (_, index) => String.fromCodePoint(0x4e00 + index * 97)).join(
      "",
    );
    expect(parseName(`${label}.example`)).toMatchObject({ issue: { code: "net/name-label-too-long" } });
  });

  test("half a surrogate pair is no character", () => {
    expect(parseName("\ud800.example")).toMatchObject({ issue: { code: "net/name-international" } });
  });

  test("a huge text is refused without mapping it, and quoted shortly", () => {
    for (const text of ["ü".repeat(1_000_000), "a".repeat(1_000_000)]) {
      const name = parseName(text);
      expect(name).toMatchObject({ issue: { code: "net/name-too-long" } });
      expect(JSON.stringify(name).length).toBeLessThan(400);
    }
  });

  test("no control character of the input reaches the message", () => {
    const name = parseName("a\u001b[31m\u202e.example");
    expect(name.ok ? "" : name.issue.message).toContain("`a\\u{1b}[31m\\u{202e}.example`");
  });
});

test("parentName goes up one label and ends at null", () => {
  expect(parentName("www.a.example")).toBe("a.example");
  expect(parentName("example")).toBeNull();
});
