import { describe, expect, test } from "vitest";
import { parts, requests } from "../test/support/parts.ts";
import { decide } from "./decide.ts";
import { encodeImage } from "./encode-image.ts";
import { explain } from "./explain.ts";
import { openImage } from "./open-image.ts";
import type { PolicyImage, Request } from "./types.ts";

function imageOf(written: Partial<typeof parts> = {}): PolicyImage {
  const opened = openImage(encodeImage({ ...parts, ...written }).bytes);
  if (!opened.ok) throw new Error(opened.issue.message);
  return opened.value;
}

const quiet = imageOf({ any: [] });
const at = Date.parse("2026-06-01T00:00:00Z");
const german = [{ connector: "subject-location", territory: "DE", confidence: 1 }] as const;

describe("malformed requests", () => {
  test.each([
    ["null", null],
    ["a text", "a.example"],
    ["no time", {}],
    ["a time that is none", { at: Number.NaN }],
    ["an endless time", { at: Number.POSITIVE_INFINITY }],
    ["a time as text", { at: "2026-06-01T00:00:00Z" }],
    ["a name that is no text", { at, name: 7 }],
    ["a URL that is no text", { at, url: new URL("http://a.example/") }],
    ["an address of 5 bytes", { at, address: new Uint8Array(5) }],
    ["an address as text", { at, address: "192.0.2.1" }],
    ["port 0", { at, port: 0 }],
    ["port 65536", { at, port: 65_536 }],
    ["half a port", { at, port: 0.5 }],
    ["half an AS number", { at, asn: 0.5 }],
    ["an AS number of 33 bits", { at, asn: 2 ** 32 }],
    ["an unknown protocol", { at, port: 1, protocol: "sctp" }],
    ["one data class as text", { at, dataClasses: "health" }],
    ["a data class that is no text", { at, dataClasses: [1] }],
    ["places that are no list", { at, places: {} }],
    ["a place that is null", { at, places: [null] }],
    ["an unknown connector", { at, places: [{ connector: "mood", territory: "DE", confidence: 1 }] }],
    [
      "a territory that is no text",
      { at, places: [{ connector: "registrant", territory: 49, confidence: 1 }] },
    ],
    [
      "a confidence that is no number",
      { at, places: [{ connector: "registrant", territory: "DE", confidence: Number.NaN }] },
    ],
    ["a confidence above 1", { at, places: [{ connector: "registrant", territory: "DE", confidence: 1.1 }] }],
  ])("%s", (_, request) => {
    const decision = decide(quiet, request as unknown as Request);
    expect(decision).toMatchObject({
      reason: "request-malformed",
      effect: "allow",
      verdict: "pass",
      rule: null,
    });
    expect(explain(quiet, request as unknown as Request)).toEqual({ decision, applied: [], notApplied: [] });
  });

  test("a set that refuses by default refuses them", () => {
    const image = imageOf({ set: { ...parts.set, default: "refuse" } });
    expect(decide(image, { at: Number.NaN })).toMatchObject({
      reason: "request-malformed",
      verdict: "refuse",
    });
  });
});

describe("shared decisions", () => {
  test("what matches nothing gets the one default decision", () => {
    const first = decide(quiet, { at, name: "nothing.test", places: german });
    expect(first.reason).toBe("default");
    expect(decide(quiet, { at: at + 1, name: "else.test", port: 9 })).toBe(first);
    // Matched, and yet nothing applies: before the rules were in force.
    expect(decide(quiet, { at: 0, name: "a.example", places: german })).toBe(first);
  });

  test("what one rule decides is one object, and frozen", () => {
    const first = decide(quiet, { at, name: "a.example", places: german });
    expect(first.rule?.id).toBe("a");
    expect(decide(quiet, { at: at + 5, name: "a.example", places: german })).toBe(first);
    expect(Object.isFrozen(first) && Object.isFrozen(first.rule?.scope.territories)).toBe(true);
  });

  test("a decision does not leak into the next", () => {
    const image = imageOf();
    for (const request of [...requests, ...requests.toReversed()])
      expect(decide(image, request)).toEqual(decide(imageOf(), request));
  });
});

test("explain says why each loser lost and what matched in vain", () => {
  const request: Request = {
    at: at + 1,
    name: "a.example",
    port: 443,
    address: Uint8Array.of(192, 0, 2, 1),
    places: german,
  };
  const { applied, notApplied } = explain(imageOf(), request);
  expect(
    applied.map(({ rule, specificity, outcome, why, to }) => [rule.id, specificity, outcome, why, to]),
  ).toEqual([
    ["a", { kind: "name-exact", length: 0 }, "decides", null, null],
    ["b", { kind: "name-suffix", length: 1 }, "lost", "overridden", "a"],
    ["c", { kind: "list", length: 0 }, "lost", "less-specific", "a"],
    ["e", { kind: "any", length: 0 }, "observed", "observe-only", null],
  ]);
  expect(notApplied.map(({ rule, why }) => [rule.id, why])).toEqual([["d", "expired"]]);
});
