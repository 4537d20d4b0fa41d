// Policy sets of many rules that differ in what they are about, where they hold and what they do.
import type { CompileInput } from "@demarc/compiler";
import { ruleInput } from "./list-input.ts";

export const TERRITORIES = ["DE", "FR", "ES", "IT", "PL", "SE", "NL", "AT", "BE", "DK"];

/** `count` rules in three layers, each about one name, in one territory of ten. */
export function rulesInput(count: number): CompileInput {
  const base = ruleInput([]);
  const [policy] = base.policies;
  const [rule] = policy?.document.rules ?? [];
  if (policy === undefined || rule === undefined) throw new Error("the base has no rule");
  const rules = Array.from({ length: count }, (_, index) => ({
    ...rule,
    id: `rule-${index}`,
    selectors: [{ type: "domain", value: `host-${index}.example`, match: "subdomains" } as const],
    scope: { ...rule.scope, territories: [TERRITORIES[index % TERRITORIES.length] ?? "DE"] },
  }));
  const policies = [0, 1, 2].map((layer) => ({
    ...policy,
    path: `p${layer}`,
    document: {
      ...policy.document,
      id: `https://isp.example/p${layer}`,
      rules: rules.filter((_, index) => index % 3 === layer),
    },
  }));
  const layers = policies.map(({ path }) => ({ id: path, policies: [path] }));
  return { ...base, set: { ...base.set, document: { ...base.set.document, layers } }, policies };
}
