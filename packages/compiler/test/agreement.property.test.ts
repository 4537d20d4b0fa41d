// The image and the reference interpreter agree about everything. FUZZ_RUNS scales the number of policy sets, FUZZ_QUESTIONS how many
// questions each is asked.
import { isDeepStrictEqual } from "node:util";
import { decide, explain, openImage, type PolicyImage, type Request } from "@demarc/matcher";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../src/compile.ts";
import type { CompileInput } from "../src/compile-input.ts";
import { type ReferenceDecision, referenceDecide } from "../src/reference.ts";
import { meetingLaws, meetingRequests, policySets, requests } from "./support/policy-sets.ts";

const numRuns = Number(process.env["FUZZ_RUNS"] ?? 2000);
const QUESTIONS = Number(process.env["FUZZ_QUESTIONS"] ?? 10);

describe("image and reference interpreter", () => {
  test("decide and explain alike", { timeout: 20_000 + numRuns * (10 + QUESTIONS) }, () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        policySets,
        fc.array(requests, { minLength: QUESTIONS, maxLength: QUESTIONS }),
        (input, asked) => {
          const image = imageOf(input);
          for (const request of asked) {
            const reference = referenceDecide(input, request);
            same(answerOf(image, request), reference);
            seen.add(`${reference.effect} ${reference.reason} ${reference.observed.length > 0}`);
          }
        },
      ),
      { numRuns },
    );
    // A generator that stopped to reach an outcome would make the property hollow.
    if (numRuns >= 1000)
      for (const outcome of [
        "allow rule",
        "gate rule",
        "block rule",
        "allow default",
        "block default",
        "route egress-permitted",
        "route egress-outside",
        "route egress-unknown",
      ])
        for (const observed of [true, false]) expect(seen).toContain(`${outcome} ${observed}`);
  });

  test("decide and explain alike where laws of different places meet", {
    timeout: 20_000 + numRuns * (10 + QUESTIONS),
  }, () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        meetingLaws,
        fc.array(meetingRequests, { minLength: QUESTIONS, maxLength: QUESTIONS }),
        (input, asked) => {
          const image = imageOf(input);
          for (const request of asked) {
            const reference = referenceDecide(input, request);
            same(answerOf(image, request), reference);
            if (reference.conflict !== null)
              seen.add(`${input.set.document.conflict} ${reference.conflict.resolved}`);
          }
        },
      ),
      { numRuns: Math.ceil(numRuns / 4) },
    );
    if (numRuns >= 1000)
      expect([...seen].toSorted()).toEqual([
        "operator-first false",
        "operator-first true",
        "report false",
        "strictest true",
        "subject-first false",
        "subject-first true",
      ]);
  });

  test("the order of policies, rules and lists does not reach the bytes", {
    timeout: 20_000 + numRuns * (10 + QUESTIONS),
  }, () => {
    fc.assert(
      fc.property(policySets, fc.infiniteStream(fc.nat()), (input, order) => {
        const shuffled = shuffle(input, () => order.next().value ?? 0);
        expect(digestOf(shuffled)).toBe(digestOf(input));
      }),
      { numRuns: Math.ceil(numRuns / 10) },
    );
  });
});

function imageOf(input: CompileInput): PolicyImage {
  const compiled = compile(input);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  const opened = openImage(compiled.image);
  if (!opened.ok) throw new Error(JSON.stringify(opened.issue));
  return opened.value;
}

// What decide and explain say together, in the words of the reference.
function answerOf(image: PolicyImage, request: Request): ReferenceDecision {
  const decision = decide(image, request);
  const { decision: explained, applied, notApplied } = explain(image, request);
  same(explained, decision);
  same(
    applied.filter((each) => each.outcome === "decides").map((each) => each.rule),
    decision.rule === null ? [] : [decision.rule],
  );
  same(
    applied.filter((each) => each.outcome === "observed").map((each) => each.rule),
    decision.observed,
  );
  const named = [...applied, ...notApplied].map((each) => each.rule.id);
  same(new Set(named).size, named.length);
  return {
    effect: decision.effect,
    verdict: decision.verdict,
    reason: decision.reason as ReferenceDecision["reason"],
    rule: decision.rule?.id ?? null,
    observed: decision.observed.map((rule) => rule.id),
    conflict:
      decision.conflict === undefined
        ? null
        : {
            resolved: decision.conflict.resolved,
            laws: Object.fromEntries(
              decision.conflict.laws.map(({ connector, rule }) => [connector, rule.id]),
            ),
          },
    applied: applied
      .filter((each) => each.outcome !== "observed")
      .toSorted((a, b) => a.rule.index - b.rule.index)
      .map((each) => each.rule.id),
  };
}

// The matcher of the test tool says where values differ, and takes longer than all else here: it is asked where they do.
function same(got: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(got, wanted)) expect(got).toStrictEqual(wanted);
}

function digestOf(input: CompileInput): string {
  const compiled = compile(input);
  return compiled.ok ? compiled.digest : "none";
}

function shuffle(input: CompileInput, next: () => number): CompileInput {
  const mix = <T>(values: readonly T[]): T[] =>
    values
      .map((value) => ({ value, at: next() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ value }) => value);
  return {
    set: {
      ...input.set,
      document: {
        ...input.set.document,
        layers: input.set.document.layers.map((layer) => ({ ...layer, policies: mix(layer.policies) })),
      },
    },
    policies: mix(input.policies).map((policy) => ({
      ...policy,
      document: { ...policy.document, rules: mix(policy.document.rules) },
    })),
    lists: mix(input.lists),
  };
}
