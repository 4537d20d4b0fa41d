// What the schema can not say: values that must be readable, dates in order, ids unique, places that exist.
import type {
  GoldenTestsDocument,
  KindedDocument,
  PolicyDocument,
  PolicySetDocument,
  VocabularyDocument,
} from "./document.ts";
import { shown } from "./internal/suggest.ts";
import type { Fault } from "./policy-issue.ts";
import { dayFaults, type Knowledge, placeFaults, testFaults } from "./sense-of-facts.ts";
import { senseOfRule } from "./sense-of-rule.ts";

/** Faults of sense in a document that its schema accepts. */
export function senseOf({ kind, document }: KindedDocument, knowledge: Knowledge): readonly Fault[] {
  const faults = senseOfKind({ kind, document } as KindedDocument, knowledge);
  for (const [index, { until }] of ("waivers" in document ? (document.waivers ?? []) : []).entries())
    faults.push(...dayFaults(until, `/waivers/${index}/until`));
  return faults;
}

function senseOfKind({ kind, document }: KindedDocument, knowledge: Knowledge): Fault[] {
  switch (kind) {
    case "policy":
      return senseOfPolicy(document, knowledge);
    case "policy-set":
      return senseOfSet(document, knowledge);
    case "list":
      return [
        ...placeFaults(document.publisher.jurisdiction, "/publisher/jurisdiction", knowledge),
        ...dayFaults(document.date, "/date"),
      ];
    case "vocabulary":
      return senseOfVocabulary(document, knowledge);
    case "golden-tests":
      break;
  }
  return senseOfTests(document, knowledge);
}

function senseOfPolicy(policy: PolicyDocument, knowledge: Knowledge): Fault[] {
  const faults: Fault[] = [
    ...placeFaults(policy.publisher.jurisdiction, "/publisher/jurisdiction", knowledge),
    ...dayFaults(policy.published, "/published"),
    ...twice(policy.rules, "/rules", "policy/duplicate-rule", "rule"),
  ];
  const ids = new Set(policy.rules.map((rule) => rule.id));
  for (const [index, rule] of policy.rules.entries()) {
    faults.push(...senseOfRule(rule, `/rules/${index}`, knowledge));
    for (const [position, id] of (rule.overrides ?? []).entries()) {
      if (!ids.has(id))
        faults.push({
          code: "policy/unknown-override",
          severity: "warning",
          pointer: `/rules/${index}/overrides/${position}`,
          message: `${shown(id)} is no rule of this document`,
          help: "it may be in another policy of the same layer; else remove it",
        });
    }
  }
  if (policy.conflict?.strategy === "most-specific-then-deny") {
    faults.push({
      code: "policy/conflict-strategy",
      severity: "warning",
      pointer: "/conflict/strategy",
      message: "among equal rules the freer effect wins, whatever a document asks for",
      help: "write most-specific-then-allow, and `overrides` where one rule must yield",
    });
  }
  return faults;
}

function senseOfSet(set: PolicySetDocument, knowledge: Knowledge): Fault[] {
  const lists = set.lists ?? [];
  return [
    ...placeFaults(set.operator.jurisdiction, "/operator/jurisdiction", knowledge),
    ...twice(set.layers, "/layers", "policy/duplicate-layer", "layer"),
    ...twice(
      lists.map(({ ref }) => ({ id: ref })),
      "/lists",
      "policy/duplicate-list",
      "list",
      "ref",
    ),
    ...lists.flatMap(({ date }, index) => dayFaults(date, `/lists/${index}/date`)),
  ];
}

function senseOfVocabulary({ owner, terms }: VocabularyDocument, knowledge: Knowledge): Fault[] {
  const faults: Fault[] = [
    ...placeFaults(owner.jurisdiction, "/owner/jurisdiction", knowledge),
    ...twice(terms, "/terms", "policy/duplicate-term", "term"),
  ];
  const ids = new Set(terms.map((term) => term.id));
  const refer = (id: string | undefined, pointer: string): void => {
    if (id !== undefined && !ids.has(id))
      faults.push({
        code: "policy/unknown-term",
        pointer,
        message: `${shown(id)} is no term of this vocabulary`,
        found: id,
        help: "name a term that is here",
      });
  };
  for (const [index, { broader, deprecated }] of terms.entries()) {
    refer(broader, `/terms/${index}/broader`);
    refer(deprecated?.replacedBy, `/terms/${index}/deprecated/replacedBy`);
  }
  return faults;
}

function senseOfTests({ tests }: GoldenTestsDocument, knowledge: Knowledge): Fault[] {
  return tests.flatMap((test, index) => testFaults(test, `/tests/${index}`, knowledge));
}

function twice(
  items: readonly { readonly id: string }[],
  at: string,
  code: string,
  what: string,
  field = "id",
): Fault[] {
  const faults: Fault[] = [];
  const first = new Map<string, number>();
  for (const [index, { id }] of items.entries()) {
    const other = first.get(id);
    if (other === undefined) first.set(id, index);
    else
      faults.push({
        code,
        pointer: `${at}/${index}/${field}`,
        message: `the ${what} ${field} ${shown(id)} is there twice`,
        found: id,
        help: `${what} ${other + 1} has it already; give this one a name of its own`,
      });
  }
  return faults;
}
