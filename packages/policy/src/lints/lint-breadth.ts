import { formatPrefix, parseName, parsePrefix, parseUrl, parseUrlPrefix } from "@demarc/net";
import { canonicalize } from "../canonical.ts";
import type { Rule, Selector } from "../document.ts";
import { isExternal, isRestrictive, type LintContext, type Warn } from "./lint-context.ts";

const FLOOR = 0.8;

/**
 * How far a rule reaches: `least-restrictive`, `evidence-floor`, `duplicate-selector`, `covers-registry`,
 * `covers-shared-hosting`, `above-public-suffix`.
 */
export function lintBreadth(rule: Rule, { suffixes }: LintContext, warn: Warn): void {
  const { effect, scope, justification } = rule;
  if (effect.action === "block" && justification.overblocking === "unknown" && rule.selectors.some(isBroad))
    warn(
      "policy/least-restrictive",
      "/justification/overblocking",
      "blocks everything below a name, a prefix or a URL without having looked at what else is there",
      "look, then write assessed or none-expected",
    );
  if (
    effect.action === "block" &&
    scope.whenUnknown === "apply" &&
    scope.minConfidence < FLOOR &&
    isExternal(rule)
  )
    warn(
      "policy/evidence-floor",
      "/scope/minConfidence",
      "blocks on weak evidence of place, or on none",
      `ask for ${FLOOR} or more, or write whenUnknown: skip`,
    );
  lintRepeats(rule, warn);
  if (suffixes === undefined || !isRestrictive(rule)) return;
  for (const [index, selector] of rule.selectors.entries())
    if (selector.type === "domain") lintSuffix(selector, `/selectors/${index}/value`, suffixes, warn);
}

function isBroad(selector: Selector): boolean {
  return (
    (selector.type === "domain" && selector.match !== "exact") ||
    (selector.type === "url" && selector.match !== "exact") ||
    selector.type === "cidr" ||
    selector.type === "asn" ||
    selector.type === "any"
  );
}

function lintSuffix(
  selector: Extract<Selector, { type: "domain" }>,
  pointer: string,
  { suffixSection, suffixesBelow }: NonNullable<LintContext["suffixes"]>,
  warn: Warn,
): void {
  if (selector.match === "exact") return;
  const parsed = parseName(selector.value.replace(/^\*\./, ""));
  if (!parsed.ok) return;
  const name = parsed.value;
  const section = suffixSection(name);
  if (section === "icann" || !name.includes("."))
    return warn(
      "policy/covers-registry",
      pointer,
      `\`${name}\` is a registry's: everything that anyone registered below it is reached`,
      "name the one registered name, or a list of them",
    );
  if (section === "private")
    return warn(
      "policy/covers-shared-hosting",
      pointer,
      `\`${name}\` hands out names to customers: everything of all of them is reached`,
      "name the one customer's name below it",
    );
  // A wildcard reaches one label only, and so none of what is further down.
  if (selector.match === "wildcard") return;
  const below = suffixesBelow(name);
  const count = below.icann + below.private;
  if (count > 0)
    warn(
      "policy/above-public-suffix",
      pointer,
      `below \`${name}\` ${count === 1 ? "is a public suffix" : `are ${count} public suffixes`}, such as \`${below.examples[0]}\`: customers' names are reached`,
      "name what is meant, or add the suffixes as exceptions",
    );
}

function lintRepeats({ selectors, exceptions }: Rule, warn: Warn): void {
  const first = new Map<string, number>();
  for (const [index, selector] of selectors.entries()) {
    const key = keyOf(selector);
    const other = first.get(key);
    if (other === undefined) first.set(key, index);
    else
      warn(
        "policy/duplicate-selector",
        `/selectors/${index}`,
        `selector ${index + 1} says what selector ${other + 1} says`,
        "remove one of them",
      );
  }
  for (const [index, exception] of (exceptions ?? []).entries()) {
    const key = keyOf(exception);
    const other = first.get(key);
    if (other !== undefined)
      warn(
        "policy/duplicate-selector",
        `/exceptions/${index}`,
        `exception ${index + 1} takes back all that selector ${other + 1} says`,
        "remove both, or narrow the exception",
      );
    else if ((exceptions ?? []).findIndex((each) => keyOf(each) === key) < index)
      warn(
        "policy/duplicate-selector",
        `/exceptions/${index}`,
        "the exception is there twice",
        "remove one of them",
      );
  }
}

// What a selector says, in the one form of its value.
function keyOf(selector: Selector): string {
  return canonicalize({ ...selector, ...("value" in selector ? { value: valueOf(selector) } : {}) });
}

function valueOf(selector: Extract<Selector, { value: unknown }>): unknown {
  switch (selector.type) {
    case "domain": {
      const name = parseName(selector.value.replace(/^\*\./, ""));
      return name.ok ? name.value : selector.value;
    }
    case "cidr": {
      const prefix = parsePrefix(selector.value);
      return prefix.ok ? formatPrefix(prefix.value) : selector.value;
    }
    case "url": {
      const url = selector.match === "exact" ? parseUrl(selector.value) : parseUrlPrefix(selector.value);
      return url.ok ? url.value.href : selector.value;
    }
    default:
      return selector.value;
  }
}
