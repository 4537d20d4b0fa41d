// Documents that are complete but for what a test is about.
import { sha256Hex } from "@demarc/matcher/format";
import type { PolicyDocument, PolicySetDocument, Rule, Selector } from "@demarc/policy";
import type { CompileInput } from "../../src/compile-input.ts";

/** A rule with what the test says; the rest is a block of `blocked.example` for a subject in Germany in 2026. */
export function ruleOf(id: string, written: Partial<Rule> = {}): Rule {
  return {
    id,
    title: { en: id },
    status: "in-force",
    category: "test",
    selectors: [{ type: "domain", value: "blocked.example", match: "subdomains" }],
    effect: { action: "block", notice: {} },
    scope: { territories: ["DE"], connectors: ["subject-location"], minConfidence: 0, whenUnknown: "skip" },
    legalBasis: {
      kind: "court-order",
      discretion: "mandatory",
      citations: [{ scheme: "ecli", id: "ECLI:DE:LGM:2026:0101.1O1.26.00" }],
      authority: { name: "Regional court", type: "court", jurisdiction: "DE" },
    },
    effective: "2026-01-01T00:00:00Z",
    justification: {
      aim: "test",
      necessity: "test",
      leastRestrictive: "test",
      overblocking: "none-expected",
    },
    remedy: { url: "https://court.example/appeal", body: "Regional court" },
    ...written,
  };
}

/** Policy document with the rules. */
export function policyOf(path: string, rules: readonly Rule[]): CompileInput["policies"][number] {
  const document: PolicyDocument = {
    specVersion: "1.0",
    id: `https://policies.example/${path}`,
    version: "1.0.0",
    title: { en: path },
    publisher: { name: "Publisher", type: "other", jurisdiction: "DE" },
    published: "2026-01-01T00:00:00Z",
    rules,
  };
  return { path, document, digest: sha256Hex(utf8(path)), file: path };
}

/** Everything for a compilation: one policy per path, layers in order. */
export function inputOf(written: {
  readonly default?: "allow" | "refuse";
  readonly conflict?: PolicySetDocument["conflict"];
  readonly layers?: PolicySetDocument["layers"];
  readonly policies: CompileInput["policies"];
  readonly lists?: CompileInput["lists"];
}): CompileInput {
  const document: PolicySetDocument = {
    specVersion: "1.0",
    id: "https://isp.example/policy-set",
    version: "1.0.0",
    title: { en: "Example" },
    operator: { name: "Example Access", type: "operator", jurisdiction: "DE" },
    default: written.default ?? "allow",
    ...(written.conflict === undefined ? {} : { conflict: written.conflict }),
    layers: written.layers ?? [{ id: "law", policies: written.policies.map((policy) => policy.path) }],
  };
  return {
    set: { document, digest: "ab".repeat(32), file: "policy-set.yaml" },
    policies: written.policies,
    lists: written.lists ?? [],
  };
}

/** A selector of a list, and the list itself. */
export function listOf(
  ref: string,
  content: string | Uint8Array,
  format: Extract<Selector, { type: "list" }>["format"] = "domains",
): { readonly selector: Selector; readonly list: CompileInput["lists"][number] } {
  const bytes = typeof content === "string" ? utf8(content) : content;
  return { selector: { type: "list", ref, sha256: sha256Hex(bytes), format }, list: { ref, bytes } };
}

/** UTF-8 bytes. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
