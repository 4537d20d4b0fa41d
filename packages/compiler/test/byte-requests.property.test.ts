// A name or URL in bytes gets the decision that its text gets, and bytes that are neither get the one of a request without.
import { decide, explain, openImage, type PolicyImage, type Request } from "@demarc/matcher";
import { parseName } from "@demarc/net";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../src/compile.ts";
import type { CompileInput } from "../src/compile-input.ts";
import { inputOf, policyOf, ruleOf } from "./support/documents.ts";
import { policySets, requests } from "./support/policy-sets.ts";

const numRuns = Number(process.env["FUZZ_RUNS"] ?? 400);
const at = Date.parse("2026-06-01T00:00:00Z");

describe("requests in bytes", () => {
  test("are decided and explained like those in text", { timeout: 20_000 + numRuns * 10 }, () => {
    fc.assert(
      fc.property(
        policySets,
        fc.array(requests, { minLength: 5, maxLength: 5 }),
        fc.nat(20),
        (input, asked, before) => {
          const image = imageOf(input);
          for (const { name, url, ...rest } of asked) {
            const text = { ...rest, name, url };
            const urlSlice = url === undefined ? undefined : sliceOf(latin1(url), before);
            for (const form of name === undefined ? [{}] : formsOf(name, before)) {
              const inBytes = { ...rest, ...form, urlSlice };
              expect(decide(image, inBytes)).toEqual(decide(image, text));
              expect(explain(image, inBytes)).toEqual(explain(image, text));
            }
          }
        },
      ),
      { numRuns },
    );
  });

  const pieces = fc.constantFrom(
    "a",
    "Example",
    ".",
    ".",
    "-",
    "_",
    "0x",
    "12",
    "ü",
    " ",
    "\\",
    "*",
    "x".repeat(63),
    "\u0000",
  );
  const nameTexts = fc.array(pieces, { maxLength: 9 }).map((parts) => parts.join(""));

  test("hold a name exactly where its text is one", () => {
    fc.assert(
      fc.property(nameTexts, (text) => {
        const name = parseName(text);
        // UTS 46 maps what is not ASCII; bytes are not mapped.
        const canonical = name.ok && !/[^\0-\x7f]/.test(text) ? name.value : undefined;
        const image = listing(canonical ?? "elsewhere.example");
        const expected = canonical === undefined ? "pass" : "refuse";
        expect(decide(image, { at, nameSlice: sliceOf(latin1(text), 3) }).verdict).toBe(expected);
        const labels = text.replace(/\.$/, "").split(".");
        // Elsewhere a wire name has no empty label, and no label can be longer than its length byte can say.
        if (labels.some((label) => label === "" || label.length > 63)) return;
        expect(decide(image, { at, wireName: sliceOf(wireOf(labels), 3) }).verdict).toBe(expected);
      }),
      { numRuns: numRuns * 5 },
    );
  });

  test("may be any bytes at all", () => {
    const image = listing("example");
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), fc.nat(300), (bytes, a, b) => {
        const slice = {
          bytes,
          from: Math.min(a, b, bytes.length),
          to: Math.min(Math.max(a, b), bytes.length),
        };
        for (const form of [{ wireName: slice }, { nameSlice: slice }, { urlSlice: slice }])
          expect(decide(image, { at, ...form }).reason).not.toBe("request-malformed");
      }),
      { numRuns },
    );
  });

  test("end, whatever pointers their names have", () => {
    const image = listing("example");
    for (const bytes of [
      [0xc0, 0],
      [1, 0x61, 0xc0, 0],
      [0xc0, 2, 0xc0, 0],
      [1, 0x61, 0xc0, 4, 0xc0, 2],
      [0xc0],
    ]) {
      const wireName = { bytes: Uint8Array.from(bytes), from: 0, to: bytes.length };
      expect(decide(image, { at, wireName }).verdict, String(bytes)).toBe("pass");
    }
  });

  test("follow a pointer backwards", () => {
    const bytes = Uint8Array.from([0, 0, 7, ...latin1("EXAMPLE"), 0, 3, ...latin1("www"), 0xc0, 2]);
    const image = listing("www.example");
    expect(decide(image, { at, wireName: { bytes, from: 11, to: bytes.length } }).verdict).toBe("refuse");
    expect(decide(image, { at, wireName: { bytes, from: 2, to: bytes.length } }).verdict).toBe("pass");
  });

  test.each([
    [{ name: "a", wireName: sliceOf(wireOf(["a"]), 0) }, "two names"],
    [{ nameSlice: sliceOf(latin1("a"), 0), wireName: sliceOf(wireOf(["a"]), 0) }, "two names"],
    [{ url: "http://a/", urlSlice: sliceOf(latin1("http://a/"), 0) }, "two URLs"],
    [{ nameSlice: { bytes: new Uint8Array(3), from: 2, to: 4 } }, "a slice beyond its bytes"],
    [{ nameSlice: { bytes: new Uint8Array(3), from: 2, to: 1 } }, "a slice that ends before it starts"],
    [{ nameSlice: { bytes: new Uint8Array(3), from: 0.5, to: 1 } }, "half a byte"],
    [{ urlSlice: { bytes: [1, 2, 3], from: 0, to: 1 } as never }, "no bytes"],
    [{ wireName: null as never }, "nothing"],
  ])("with faults of form are malformed: %#", (form, why) => {
    expect(decide(listing("a"), { at, ...(form as Partial<Request>) }).reason, why).toBe("request-malformed");
  });
});

function formsOf(name: string, before: number): Partial<Request>[] {
  const odd = name
    .split("")
    .map((letter, index) => (index % 2 === 0 ? letter.toUpperCase() : letter))
    .join("");
  return [
    { nameSlice: sliceOf(latin1(name), before) },
    { nameSlice: sliceOf(latin1(`${odd}.`), before) },
    { wireName: sliceOf(wireOf(name.split(".")), before) },
    { wireName: sliceOf(wireOf(odd.split(".")), before) },
  ];
}

function sliceOf(bytes: Uint8Array, before: number): NonNullable<Request["nameSlice"]> {
  const padded = new Uint8Array(before + bytes.length + 2).fill(0x7a);
  padded.set(bytes, before);
  return { bytes: padded, from: before, to: before + bytes.length };
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 255);
}

function wireOf(labels: readonly string[]): Uint8Array {
  return Uint8Array.from([...labels.flatMap((label) => [label.length, ...latin1(label)]), 0]);
}

const images = new Map<string, PolicyImage>();

// An image that refuses one name and passes all others.
function listing(name: string): PolicyImage {
  const selector = { type: "domain", value: name, match: "exact" } as const;
  const scope = {
    territories: ["DE"],
    connectors: ["subject-location"],
    minConfidence: 0,
    whenUnknown: "apply",
  } as const;
  const rules = [ruleOf("r", { selectors: [selector], scope })];
  const found = images.get(name) ?? imageOf(inputOf({ policies: [policyOf("p", rules)] }));
  images.set(name, found);
  return found;
}

function imageOf(input: CompileInput): PolicyImage {
  const compiled = compile(input);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  const opened = openImage(compiled.image);
  if (!opened.ok) throw new Error(JSON.stringify(opened.issue));
  return opened.value;
}
