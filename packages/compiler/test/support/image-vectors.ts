// Images with requests and the answers to them, for readers in any language: what vectors/images.json is made of. Answers are never
// asked of an image here: they come from vectors that were written by hand, from the plain matcher of patterns, or stand beside
// the request.
import { readdirSync, readFileSync } from "node:fs";
import { readList } from "@demarc/lists";
import type { Place } from "@demarc/matcher";
import { parseAddress } from "@demarc/net";
import { digestOf, type PolicyDocument, type PolicySetDocument, type Rule } from "@demarc/policy";
import type { CompileInput } from "../../src/compile-input.ts";
import { matchesPattern } from "../../src/matches-pattern.ts";
import { inputOf, listOf, policyOf, ruleOf, utf8 } from "./documents.ts";

/** A request in JSON: the instant in milliseconds, the address in hex. */
export interface VectorRequest {
  readonly at: number;
  readonly name?: string;
  readonly address?: string;
  readonly port?: number;
  readonly protocol?: string;
  readonly url?: string;
  readonly asn?: number;
  readonly dataClasses?: readonly string[];
  readonly places?: readonly Place[];
}

/** An answer by ids; `conflict` is null where laws do not conflict. */
export interface VectorAnswer {
  readonly effect: string;
  readonly verdict: string;
  readonly reason: string;
  readonly rule: string | null;
  readonly observed: readonly string[];
  readonly conflict: { readonly resolved: boolean; readonly laws: Readonly<Record<string, string>> } | null;
}

/** What an image is made of, and what it must answer. */
export interface ImageVector {
  readonly name: string;
  readonly input: CompileInput;
  readonly cases: readonly {
    readonly why: string;
    readonly request: VectorRequest;
    readonly expect: VectorAnswer;
  }[];
}

/** An instant at which the rules of `everywhere` are in force. */
export const AT = { at: Date.parse("2026-06-01T00:00:00Z") } as const;

/** A rule that applies wherever the subject is, since requests here do not say. */
export function everywhere(id: string, written: Partial<Rule>): Rule {
  return ruleOf(id, {
    scope: { territories: ["DE"], connectors: ["subject-location"], minConfidence: 0, whenUnknown: "apply" },
    ...written,
  });
}

/** The answer of the default `allow` beside rules that observe. */
export function observedBy(observed: readonly string[]): VectorAnswer {
  return { effect: "allow", verdict: "pass", reason: "default", rule: null, observed, conflict: null };
}

/** Hex of an address. */
export function hexOf(address: string): string {
  const parsed = parseAddress(address);
  if (!parsed.ok) throw new Error(parsed.issue.message);
  return Buffer.from(parsed.value).toString("hex");
}

interface VectorFile {
  readonly set: PolicySetDocument;
  readonly policies: readonly { readonly path: string; readonly document: PolicyDocument }[];
  readonly lists: readonly { readonly ref: string; readonly text: string }[];
  readonly cases: readonly {
    readonly why: string;
    readonly request: Omit<VectorRequest, "at"> & { readonly at: string };
    readonly expect: Omit<VectorAnswer, "conflict"> & Partial<Pick<VectorAnswer, "conflict">>;
  }[];
}

/** The vectors about decisions, one image for each file of test/vectors. */
export function decisionVectors(): ImageVector[] {
  const folder = new URL("../../../../test/vectors/", import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .toSorted()
    .flatMap((name) => {
      const file = JSON.parse(readFileSync(new URL(name, folder), "utf8")) as VectorFile;
      return "policies" in file ? [vectorOf(name.replace(".json", ""), file)] : [];
    });
}

function vectorOf(name: string, file: VectorFile): ImageVector {
  return {
    name,
    input: {
      set: { document: file.set, digest: digestOf(file.set) },
      policies: file.policies.map((policy) => ({ ...policy, digest: digestOf(policy.document) })),
      lists: file.lists.map(({ ref, text }) => ({ ref, bytes: utf8(text) })),
    },
    cases: file.cases.map(({ why, request: { at, address, ...rest }, expect }) => ({
      why,
      request: {
        at: Date.parse(at),
        ...(address === undefined ? {} : { address: hexOf(address) }),
        ...rest,
      },
      expect: { ...expect, conflict: expect.conflict ?? null },
    })),
  };
}

// Patterns here have few words, and a word may have few patterns.
const PATTERNS_IN_AN_IMAGE = 7;

/** The vectors of URL patterns, a few in an image: each is a list, of which a rule observes. */
export function patternVectors(): ImageVector[] {
  const file = new URL("../vectors/url-patterns.json", import.meta.url);
  const written = JSON.parse(readFileSync(file, "utf8")) as WrittenPattern[];
  const patterns = written.flatMap((each, index) => {
    const [entry] = readList("adguard", each.pattern).entries;
    return entry?.type === "url-pattern" ? [{ ...each, id: `p${index}`, value: entry.value }] : [];
  });
  return Array.from({ length: Math.ceil(patterns.length / PATTERNS_IN_AN_IMAGE) }, (_, index) => {
    const first = index * PATTERNS_IN_AN_IMAGE;
    return patternVector(`patterns-${index}`, patterns.slice(first, first + PATTERNS_IN_AN_IMAGE));
  });
}

interface WrittenPattern {
  readonly pattern: string;
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly why: string;
}

function patternVector(
  name: string,
  patterns: readonly (WrittenPattern & { readonly id: string; readonly value: string })[],
): ImageVector {
  const lists = patterns.map(({ id, pattern }) => listOf(`https://lists.example/${id}`, pattern, "adguard"));
  const rules = lists.map(({ selector }, index) =>
    everywhere(patterns[index]?.id ?? "", { selectors: [selector], effect: { action: "observe" } }),
  );
  return {
    name,
    input: inputOf({ policies: [policyOf("p.yaml", rules)], lists: lists.map(({ list }) => list) }),
    cases: patterns.flatMap(({ pattern, why, yes, no }) =>
      [...yes, ...no].map((text) => {
        // `{1001}` fills up, so that what comes before it has so many characters with it.
        const url = text.replace(/^(.*)\{(\d+)\}/, (_, before: string, to: string) =>
          before.padEnd(Number(to), "x"),
        );
        const observed = patterns.filter(({ value }) => matchesPattern(value, url)).map(({ id }) => id);
        return {
          why: `\`${pattern}\`: ${why}`,
          request: { ...AT, url },
          // By id, as rules lie.
          expect: observedBy(observed.toSorted()),
        };
      }),
    ),
  };
}
