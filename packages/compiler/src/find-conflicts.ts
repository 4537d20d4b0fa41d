import { isGroup, isMember, parentTerritory } from "@demarc/jurisdiction";
import { formatPrefix, parseName, parsePrefix, parseUrl, parseUrlPrefix, type Result } from "@demarc/net";
import type { Selector } from "@demarc/policy";
import type { Diagnostic } from "./compile-input.ts";
import type { LinkedRule } from "./link-rules.ts";

/**
 * Reports rules of one layer that say different things about the very same selector, so that only the order of effects
 * (allow, gate, route, block) tells them apart; each pair once. Rules whose validities do not meet, overridden ones, and
 * rules about one connector whose territories have nothing in common are no conflict.
 */
export function findConflicts(rules: readonly LinkedRule[], report: (diagnostic: Diagnostic) => void): void {
  const bySelector = new Map<string, Set<LinkedRule>>();
  const reported = new Set<string>();
  for (const linked of rules) {
    if (isNeverInForce(linked) || linked.rule.effect.action === "observe") continue;
    for (const selector of linked.rule.selectors) {
      const key = `${linked.layerIndex} ${keyOf(selector)}`;
      const others = bySelector.get(key) ?? new Set<LinkedRule>();
      bySelector.set(key, others);
      for (const other of others) {
        const pair = `${other.rule.id} ${linked.rule.id}`;
        if (other === linked || reported.has(pair) || !isConflict(linked, other)) continue;
        reported.add(pair);
        report(conflict(other, linked));
      }
      others.add(linked);
    }
  }
}

function isNeverInForce({ rule }: LinkedRule): boolean {
  return rule.history === undefined && rule.status !== "in-force";
}

function isConflict(a: LinkedRule, b: LinkedRule): boolean {
  if (a.rule.effect.action === b.rule.effect.action) return false;
  if (a.part.effective >= b.part.expires || b.part.effective >= a.part.expires) return false;
  if ((a.rule.overrides ?? []).includes(b.rule.id) || (b.rule.overrides ?? []).includes(a.rule.id))
    return false;
  return mayMeet(a, b);
}

// Whether one place can be in both scopes. In doubt yes: this is about a warning.
function mayMeet(a: LinkedRule, b: LinkedRule): boolean {
  const [first, second] = [a.rule.scope, b.rule.scope];
  if (first.whenUnknown === "apply" || second.whenUnknown === "apply") return true;
  if (new Set([...first.connectors, ...second.connectors]).size > 1) return true;
  const at = Math.max(a.part.effective, b.part.effective);
  return first.territories.some((one) => second.territories.some((other) => overlaps(one, other, at)));
}

function overlaps(one: string, other: string, at: number): boolean {
  if (isGroup(one)) return isGroup(other) || isMember(one, other, at);
  if (isGroup(other)) return isMember(other, one, at);
  return isWithin(one, other) || isWithin(other, one);
}

function isWithin(territory: string, item: string): boolean {
  const parent = parentTerritory(territory);
  return territory === item || (parent !== null && isWithin(parent, item));
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
      return `domain ${selector.match} ${canonical(parseName(selector.value.replace(/^\*\./, "")), selector.value, (name) => name)}`;
    case "url": {
      const url = selector.match === "exact" ? parseUrl(selector.value) : parseUrlPrefix(selector.value);
      return `url ${selector.match} ${canonical(url, selector.value, ({ href }) => href)}`;
    }
    case "cidr":
      return `cidr ${canonical(parsePrefix(selector.value), selector.value, formatPrefix)}`;
    case "data-class":
      return `data-class ${selector.value}`;
    case "port":
      return `port ${JSON.stringify(selector.value)} ${selector.protocol ?? ""}`;
    case "list":
      return `list ${selector.ref} ${selector.category ?? ""}`;
    case "asn":
      return `asn ${selector.value}`;
    case "any":
      break;
  }
  return "any";
}

// What can not be read has its own diagnostic; here its text will do.
function canonical<T>(result: Result<T>, text: string, write: (value: T) => string): string {
  return result.ok ? write(result.value) : text;
}
