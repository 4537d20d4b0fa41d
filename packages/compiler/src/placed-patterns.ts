// Which URL patterns of lists an image has as they are, which wider and which not at all: that depends on all lists of all rules.
import { type PatternPart, placePatterns } from "@demarc/matcher/format";
import type { Rule, Selector } from "@demarc/policy";
import type { CompileInput } from "./compile-input.ts";
import { listOfSelector } from "./read-selected-list.ts";

type ListSelector = Extract<Selector, { readonly type: "list" }>;

/** As what a rule has a list: its own selectors, or its exceptions. */
export type ListRole = "selector" | "exception";

/**
 * Whether more would be restricted without the patterns: the exceptions of a list that a rule has among its selectors, and the entries
 * of one that it has among its exceptions. An allowing rule restricts nothing, so none of its patterns does.
 */
export function isLifting(rule: Rule, role: ListRole, isExcluded: boolean): boolean {
  return rule.effect.action !== "allow" && isExcluded === (role === "selector");
}

/** The pattern that an image has for one of a list, or null where it has none. */
export type PatternsInImage = (
  list: ListSelector,
  rule: Rule,
  role: ListRole,
  pattern: string,
  isExcluded: boolean,
) => string | null;

/** Reads all lists of all rules, as slowly as can be. */
export function patternsInImage(input: CompileInput, rules: readonly Rule[]): PatternsInImage {
  const kinds: { readonly name: string; readonly isLifting: readonly [boolean, boolean] }[] = [];
  const parts = new Map<string, PatternPart["postings"]>();
  for (const rule of rules)
    for (const role of ["selector", "exception"] as const)
      for (const list of (role === "selector" ? rule.selectors : rule.exceptions) ?? []) {
        if (list.type !== "list") continue;
        const name = nameOf(list, rule, role);
        if (kinds.some((each) => each.name === name)) continue;
        const atom =
          kinds.push({ name, isLifting: [isLifting(rule, role, false), isLifting(rule, role, true)] }) - 1;
        const { entries = [], exceptions = [] } = listOfSelector(list, input) ?? {};
        for (const excluded of [false, true])
          for (const { type, value } of excluded ? exceptions : entries)
            if (type === "url-pattern") parts.set(value, [...(parts.get(value) ?? []), { atom, excluded }]);
      }
  const { refused, widened } = placePatterns(
    [...parts].map(([pattern, postings]) => ({ pattern, postings })),
    ({ atom, excluded }) => kinds[atom]?.isLifting[excluded ? 1 : 0] === true,
  );
  const changed = new Map<string, string | null>();
  const keyOf = (kind: string, isExcluded: boolean, pattern: string) => `${kind} ${isExcluded} ${pattern}`;
  for (const { pattern, postings, ...rest } of [...refused, ...widened])
    for (const { atom, excluded } of postings)
      changed.set(keyOf(kinds[atom]?.name ?? "", excluded, pattern), "as" in rest ? rest.as : null);
  return (list, rule, role, pattern, isExcluded) => {
    const found = changed.get(keyOf(nameOf(list, rule, role), isExcluded, pattern));
    return found === undefined ? pattern : found;
  };
}

// Lists that are read alike and lift alike.
function nameOf({ ref, sha256, format, category }: ListSelector, rule: Rule, role: ListRole): string {
  return JSON.stringify([
    ref,
    sha256,
    format,
    category ?? null,
    isLifting(rule, role, false),
    isLifting(rule, role, true),
  ]);
}
