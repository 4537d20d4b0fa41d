import type { Selector } from "@demarc/policy";
import type { Diagnostic } from "./compile-input.ts";
import type { LinkedRule } from "./link-rules.ts";

/**
 * Reports rules of one layer that say different things about the very same selector, so that only the order of effects
 * (allow, gate, route, block) tells them apart. Rules whose validities do not meet, and overridden ones, are no conflict.
 */
export function findConflicts(rules: readonly LinkedRule[], report: (diagnostic: Diagnostic) => void): void {
  const bySelector = new Map<string, LinkedRule[]>();
  for (const linked of rules) {
    if (linked.rule.status !== "in-force" || linked.rule.effect.action === "observe") continue;
    for (const selector of linked.rule.selectors) {
      const key = `${linked.layerIndex} ${keyOf(selector)}`;
      const others = bySelector.get(key) ?? [];
      bySelector.set(key, others);
      for (const other of others)
        if (other !== linked && isConflict(linked, other)) report(conflict(other, linked));
      others.push(linked);
    }
  }
}

function isConflict(a: LinkedRule, b: LinkedRule): boolean {
  if (a.rule.effect.action === b.rule.effect.action) return false;
  if (a.part.effective >= b.part.expires || b.part.effective >= a.part.expires) return false;
  return !(a.rule.overrides ?? []).includes(b.rule.id) && !(b.rule.overrides ?? []).includes(a.rule.id);
}

function conflict(a: LinkedRule, b: LinkedRule): Diagnostic {
  return {
    code: "compiler/conflict",
    severity: "warning",
    file: b.file,
    rule: b.rule.id,
    message: `\`${a.rule.id}\` (${a.rule.effect.action}) and \`${b.rule.id}\` (${b.rule.effect.action}) are about the same selector; the freer effect wins`,
    help: "name the one that yields in `overrides` of the other, or put them in different layers",
  };
}

function keyOf(selector: Selector): string {
  switch (selector.type) {
    case "domain":
    case "url":
      return `${selector.type} ${selector.match} ${selector.value}`;
    case "cidr":
    case "data-class":
      return `${selector.type} ${selector.value}`;
    case "port":
      return `port ${selector.value} ${selector.protocol ?? ""}`;
    case "list":
      return `list ${selector.ref}`;
    case "any":
      break;
  }
  return "any";
}
