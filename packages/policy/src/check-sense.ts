// What the schema can not say: values that must be readable, dates in order, ids unique, places that exist.
import { parseName, parsePrefix, parseUrl, parseUrlPrefix } from "@demarc/net";
import type { Citation, PolicyDocument, PolicySetDocument, Rule, Selector } from "./document.ts";
import { shown } from "./internal/suggest.ts";
import type { Fault } from "./policy-issue.ts";

/** What only others know: which codes are places. Left out, every code of the right form is taken. */
export interface Knowledge {
  readonly isTerritory?: ((code: string) => boolean) | undefined;
  readonly isGroup?: ((code: string) => boolean) | undefined;
  readonly suggestTerritory?: ((text: string) => string | null) | undefined;
}

/** Faults of sense in a policy that its schema accepts. */
export function senseOfPolicy(policy: PolicyDocument, knowledge: Knowledge): readonly Fault[] {
  const faults: Fault[] = [
    ...placeFaults(policy.publisher.jurisdiction, "/publisher/jurisdiction", knowledge),
    ...dayFaults(policy.published, "/published"),
  ];
  const ids = new Map<string, number>();
  for (const [index, rule] of policy.rules.entries()) {
    const at = `/rules/${index}`;
    const first = ids.get(rule.id);
    if (first === undefined) ids.set(rule.id, index);
    else
      faults.push({
        code: "policy/duplicate-rule",
        pointer: `${at}/id`,
        message: `the rule id ${shown(rule.id)} is there twice`,
        help: `rule ${first + 1} has it already; ids are never used again`,
      });
    faults.push(...senseOfRule(rule, at, knowledge));
  }
  for (const [index, rule] of policy.rules.entries()) {
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

/** Faults of sense in a policy set that its schema accepts. */
export function senseOfSet(set: PolicySetDocument, knowledge: Knowledge): readonly Fault[] {
  const faults: Fault[] = placeFaults(set.operator.jurisdiction, "/operator/jurisdiction", knowledge);
  const ids = new Set<string>();
  for (const [index, layer] of set.layers.entries()) {
    if (ids.has(layer.id))
      faults.push({
        code: "policy/duplicate-layer",
        pointer: `/layers/${index}/id`,
        message: `the layer id ${shown(layer.id)} is there twice`,
      });
    ids.add(layer.id);
  }
  return faults;
}

function senseOfRule(rule: Rule, at: string, knowledge: Knowledge): Fault[] {
  const faults: Fault[] = [];
  for (const [name, selectors] of [
    ["selectors", rule.selectors],
    ["exceptions", rule.exceptions ?? []],
  ] as const) {
    for (const [index, selector] of selectors.entries())
      faults.push(...selectorFaults(selector, `${at}/${name}/${index}`));
  }
  for (const [name, codes] of [
    ["territories", rule.scope.territories],
    ["except", rule.scope.except ?? []],
  ] as const) {
    for (const [index, code] of codes.entries())
      faults.push(...placeFaults(code, `${at}/scope/${name}/${index}`, knowledge));
  }
  faults.push(...dayFaults(rule.legalBasis.issued, `${at}/legalBasis/issued`));
  faults.push(...dayFaults(rule.effect.notice?.secrecy?.until, `${at}/effect/notice/secrecy/until`));
  if (rule.effect.action === "route")
    for (const [index, code] of rule.effect.egress.entries())
      faults.push(...placeFaults(code, `${at}/effect/egress/${index}`, knowledge));
  faults.push(
    ...placeFaults(
      rule.legalBasis.authority.jurisdiction,
      `${at}/legalBasis/authority/jurisdiction`,
      knowledge,
    ),
  );
  for (const [index, citation] of rule.legalBasis.citations.entries())
    faults.push(...citationFaults(citation, rule, `${at}/legalBasis/citations/${index}`));
  for (const [index, test] of (rule.tests ?? []).entries()) {
    faults.push(...dayFaults(test.at, `${at}/tests/${index}/at`));
    if (test.where !== "unknown")
      faults.push(...placeFaults(test.where, `${at}/tests/${index}/where`, knowledge));
  }
  for (const field of ["effective", "expires", "reviewBy"] as const)
    faults.push(...dayFaults(rule[field], `${at}/${field}`));
  for (const field of ["expires", "reviewBy"] as const) {
    const end = rule[field];
    if (end !== undefined && Date.parse(end) <= Date.parse(rule.effective)) {
      faults.push({
        code: "policy/order-of-dates",
        pointer: `${at}/${field}`,
        message: `\`${field}\` is not after \`effective\``,
        expected: `after ${rule.effective}`,
        found: end,
      });
    }
  }
  return faults;
}

// The schema knows the form of a date, not how long a month is.
function dayFaults(date: string | undefined, pointer: string): Fault[] {
  const match = /^(\d{4})-(\d\d)-(\d\d)/.exec(date ?? "");
  if (match === null) return [];
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  if (day <= days) return [];
  return [
    {
      code: "policy/format",
      pointer,
      message: `${shown(match[0])} is no day: that month has ${days}`,
      found: date,
      help: "write a day that exists; an end is the first instant after it",
    },
  ];
}

function selectorFaults(selector: Selector, at: string): Fault[] {
  const read =
    selector.type === "domain"
      ? parseName(selector.value)
      : selector.type === "cidr"
        ? parsePrefix(selector.value)
        : selector.type === "url"
          ? selector.match === "exact"
            ? parseUrl(selector.value)
            : parseUrlPrefix(selector.value)
          : null;
  if (read === null || read.ok) return [];
  return [
    {
      code: "policy/selector",
      pointer: `${at}/value`,
      message: read.issue.message,
      found: String("value" in selector ? selector.value : ""),
      help: read.issue.help,
    },
  ];
}

function placeFaults(
  code: string,
  pointer: string,
  { isTerritory, isGroup, suggestTerritory }: Knowledge,
): Fault[] {
  const known = code.startsWith("group:") ? (isGroup?.(code) ?? true) : (isTerritory?.(code) ?? true);
  if (known) return [];
  const guess = suggestTerritory?.(code.replace(/^group:/, "")) ?? null;
  return [
    {
      code: "policy/unknown-territory",
      pointer,
      message: `${shown(code)} is no ${code.startsWith("group:") ? "group" : "territory"}`,
      found: code,
      help:
        guess === null
          ? "write an ISO 3166 code such as DE or ES-CN, or a group such as group:EU"
          : `did you mean ${guess}?`,
    },
  ];
}

// The country of an ECLI is that of the court; `EU` stands for the courts of the Union.
function citationFaults(citation: Citation, rule: Rule, at: string): Fault[] {
  const { authority } = rule.legalBasis;
  if (citation.scheme !== "ecli" || authority.type !== "court") return [];
  const country = citation.id.split(":")[1] ?? "";
  const own = authority.jurisdiction === "group:EU" ? "EU" : authority.jurisdiction.slice(0, 2);
  if (country === own || country === "EU" || country === "CE") return [];
  return [
    {
      code: "policy/ecli-country",
      pointer: `${at}/id`,
      message: `the ECLI is of ${country}; the court is in ${authority.jurisdiction}`,
      expected: `ECLI:${own}:...`,
      found: citation.id,
      help: "check the citation, or the authority's jurisdiction",
    },
  ];
}
