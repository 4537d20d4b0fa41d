// The decision semantics written down as plainly as can be: linear, slow, straight from the documents. The image must
// agree with it on every request; a property test compares them. Read it beside "Decision semantics" of the architecture.
import { isGroup, isMember, parentTerritory } from "@demarc/jurisdiction";
import type { ListEntry } from "@demarc/lists";
import type { Place, Request } from "@demarc/matcher";
import { DAYS } from "@demarc/matcher/format";
import {
  parseName,
  parsePrefix,
  parseUrl,
  parseUrlPrefix,
  prefixContains,
  urlMatchesPrefix,
} from "@demarc/net";
import type { PolicySetDocument, Rule, Selector } from "@demarc/policy";
import type { CompileInput } from "./compile-input.ts";
import { matchesPattern } from "./matches-pattern.ts";
import { type ListRole, type PatternsInImage, patternsInImage } from "./placed-patterns.ts";
import { listOfSelector } from "./read-selected-list.ts";

/** What the reference interpreter says: the decision and everything that applied, by rule id. */
export interface ReferenceDecision {
  readonly effect: "allow" | "block" | "gate" | "route";
  readonly verdict: "pass" | "refuse";
  readonly reason: "rule" | "default" | "egress-permitted" | "egress-outside" | "egress-unknown";
  readonly rule: string | null;
  /** Sorted by layer, then id. */
  readonly observed: readonly string[];
  /** Ids of the rules that applied and may decide, sorted by layer, then id. */
  readonly applied: readonly string[];
  /** A conflict of laws: which rule each connector's law has, and whether the strategy decided; null where there is none. */
  readonly conflict: {
    readonly resolved: boolean;
    readonly laws: Readonly<Record<string, string>>;
  } | null;
}

/** Decides about a well-formed request by reading the documents from top to bottom. */
export function referenceDecide(input: CompileInput, request: Request): ReferenceDecision {
  const inSet = rulesOf(input);
  const observed: string[] = [];
  const applying: (RuleInLayer & { rank: Rank })[] = [];
  for (const each of inSet) {
    const rank = bestRank(each.rule, "selector", request, input);
    if (rank === null) continue;
    if (stateOf(each.rule, request.at) !== "in-force") continue;
    if (request.at < Date.parse(each.rule.effective)) continue;
    if (each.rule.expires !== undefined && request.at >= Date.parse(each.rule.expires)) continue;
    if (each.rule.schedule !== undefined && !isScheduled(each.rule.schedule, request.at)) continue;
    if (bestRank(each.rule, "exception", request, input) !== null) continue;
    const scope = scopeOf(each.rule, request);
    if (scope === "not-met") continue;
    if (scope === "unknown" && each.rule.scope.whenUnknown === "skip") continue;
    if (
      each.rule.effect.action === "observe" ||
      (scope === "unknown" && each.rule.scope.whenUnknown === "report")
    )
      observed.push(each.rule.id);
    else applying.push({ ...each, rank });
  }
  const applied = applying.map((each) => each.rule.id);

  // 2. within a layer, a rule that another applying rule names in its `overrides` is out
  const standing = applying.filter(
    (each) =>
      !applying.some(
        (other) =>
          other !== each && other.layer === each.layer && (other.rule.overrides ?? []).includes(each.rule.id),
      ),
  );
  // 1. layers in order; 3. the most specific selector; 4. the freer effect, then the id
  standing.sort(
    (a, b) =>
      a.layer - b.layer ||
      b.rank.kind - a.rank.kind ||
      b.rank.length - a.rank.length ||
      EFFECT_ORDER.indexOf(a.rule.effect.action) - EFFECT_ORDER.indexOf(b.rule.effect.action) ||
      (a.rule.id < b.rule.id ? -1 : 1),
  );
  const first = standing[0];
  // 5. nothing applies: the stated default
  if (first === undefined) return { ...byDefault(input.set.document), observed, applied, conflict: null };
  const conflict = conflictOf(
    input.set.document.conflict,
    standing.filter((each) => each.layer === first.layer).map((each) => each.rule),
    request,
  );
  const winner = standing.find((each) => each.rule.id === conflict?.decides)?.rule ?? first.rule;
  return {
    ...outcomeOf(winner, request),
    rule: winner.id,
    observed,
    applied,
    conflict: conflict === null ? null : { resolved: conflict.decides !== null, laws: conflict.laws },
  };
}

// Laws are the connectors through which rules apply; each has the first of its rules. `rules` is in order of precedence.
function conflictOf(
  strategy: PolicySetDocument["conflict"],
  rules: readonly Rule[],
  request: Request,
): { readonly decides: string | null; readonly laws: Readonly<Record<string, string>> } | null {
  if (strategy === undefined) return null;
  const winners = new Map<string, Rule>();
  for (const rule of rules)
    for (const connector of connectorsOf(rule, request))
      if (!winners.has(connector)) winners.set(connector, rule);
  const effects = new Set([...winners.values()].map((rule) => rule.effect.action));
  if (effects.size < 2) return null;
  const laws = Object.fromEntries([...winners].map(([connector, rule]) => [connector, rule.id]));
  if (strategy === "report") return { decides: null, laws };
  if (strategy === "subject-first") return { decides: laws["subject-location"] ?? null, laws };
  if (strategy === "operator-first") return { decides: laws["operator-establishment"] ?? null, laws };
  const strictest = EFFECT_ORDER.findLast((effect) => effects.has(effect as Rule["effect"]["action"]));
  const won = new Set(winners.values());
  return {
    decides: rules.find((rule) => won.has(rule) && rule.effect.action === strictest)?.id ?? null,
    laws,
  };
}

// The connectors by which a rule's scope is met; of a rule that applies because a place is unknown, those that are unknown.
function connectorsOf({ scope }: Rule, request: Request): readonly string[] {
  const confident = (request.places ?? []).filter((place) => place.confidence >= scope.minConfidence);
  const of = (connector: string): readonly Place[] =>
    confident.filter((place) => place.connector === connector);
  const met = scope.connectors.filter((connector) =>
    of(connector).some((place) => isInTerritories(place, scope.territories, scope.except ?? [], request.at)),
  );
  return met.length > 0 ? met : scope.connectors.filter((connector) => of(connector).length === 0);
}

interface RuleInLayer {
  readonly rule: Rule;
  readonly layer: number;
}

/** Kind as a position in the order of specificity, and length within it. */
interface Rank {
  readonly kind: number;
  readonly length: number;
}

const EFFECT_ORDER = ["allow", "gate", "route", "block"];
const KIND_ORDER = [
  "any",
  "data-class",
  "list",
  "port",
  "asn",
  "address-prefix",
  "name-suffix",
  "name-exact",
  "url-prefix",
  "url-exact",
];

function rank(kind: string, length = 0): Rank {
  return { kind: KIND_ORDER.indexOf(kind), length };
}

function rulesOf(input: CompileInput): RuleInLayer[] {
  return input.set.document.layers.flatMap((layer, index) =>
    layer.policies
      .flatMap((path) => input.policies.find((policy) => policy.path === path)?.document.rules ?? [])
      .map((rule) => ({ rule, layer: index }))
      .toSorted((a, b) => (a.rule.id < b.rule.id ? -1 : 1)),
  );
}

/** Where a rule has a selector. */
interface Listing {
  readonly rule: Rule;
  readonly role: ListRole;
}

function bestRank(rule: Rule, role: ListRole, request: Request, input: CompileInput): Rank | null {
  const selectors = role === "selector" ? rule.selectors : (rule.exceptions ?? []);
  const ranks = selectors
    .map((selector) => rankOf(selector, { rule, role }, request, input))
    .filter((each) => each !== null);
  ranks.sort((a, b) => b.kind - a.kind || b.length - a.length);
  return ranks[0] ?? null;
}

function rankOf(selector: Selector, listing: Listing, request: Request, input: CompileInput): Rank | null {
  switch (selector.type) {
    case "domain":
      return rankOfName(selector.value, selector.match, request);
    case "url":
      return rankOfUrl(selector.value, selector.match, request);
    case "cidr":
      return rankOfAddress(selector.value, request);
    case "port":
      return isInRange(selector.value, request.port) &&
        (selector.protocol === undefined || selector.protocol === request.protocol)
        ? rank("port")
        : null;
    case "list":
      return isListed(selector, listing, request, input) ? rank("list") : null;
    case "data-class":
      return (request.dataClasses ?? []).includes(selector.value) ? rank("data-class") : null;
    case "asn":
      return request.asn === selector.value ? rank("asn") : null;
    case "any":
      break;
  }
  return rank("any");
}

function stateOf(rule: Rule, at: number): string {
  if (rule.history === undefined) return rule.status;
  return rule.history.filter(({ from }) => Date.parse(from) <= at).at(-1)?.state ?? "in-force";
}

// Kept, because they are slow to make.
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  clocks.set(zone, clock);
  return clock;
}

// The day and the time that a clock in the zone shows, by the engine's own calendar.
function isScheduled({ zone, windows }: NonNullable<Rule["schedule"]>, at: number): boolean {
  const clock = clockOf(zone);
  const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  const today = (parts.get("weekday") ?? "").toLowerCase();
  const time = `${parts.get("hour") ?? ""}:${parts.get("minute") ?? ""}`;
  const yesterday = DAYS[(DAYS.findIndex((day) => day === today) + 6) % 7];
  return windows.some(({ days, from, to }) => {
    const on = (day: string | undefined) => days.some((each) => each === day);
    if (from < to) return on(today) && time >= from && time < to;
    return (on(today) && time >= from) || (on(yesterday) && time < to);
  });
}

function isInRange(value: number | { readonly from: number; readonly to: number }, port?: number): boolean {
  if (port === undefined) return false;
  return typeof value === "number" ? port === value : value.from <= port && port <= value.to;
}

function rankOfName(
  value: string,
  match: "exact" | "subdomains" | "wildcard",
  request: Request,
): Rank | null {
  const name = parseName(match === "wildcard" ? value.slice(2) : value);
  if (!name.ok || request.name === undefined) return null;
  const labels = name.value.split(".").length;
  // A wildcard is more specific than the suffix after its `*`, and less than a suffix that has a label in its place.
  if (match === "wildcard") {
    const parent = request.name.split(".").slice(1).join(".");
    return parent === name.value ? rank("name-suffix", labels + 0.5) : null;
  }
  if (match === "exact") return request.name === name.value ? rank("name-exact") : null;
  const matches = request.name === name.value || request.name.endsWith(`.${name.value}`);
  return matches ? rank("name-suffix", labels) : null;
}

function rankOfUrl(value: string, match: "exact" | "prefix", request: Request): Rank | null {
  const url = match === "exact" ? parseUrl(value) : parseUrlPrefix(value);
  if (!url.ok || request.url === undefined) return null;
  if (match === "exact") return request.url === url.value.href ? rank("url-exact") : null;
  return urlMatchesPrefix(url.value.href, request.url) ? rank("url-prefix", url.value.href.length) : null;
}

function rankOfAddress(value: string, request: Request): Rank | null {
  const prefix = parsePrefix(value);
  if (!prefix.ok || request.address === undefined) return null;
  return prefixContains(prefix.value, request.address) ? rank("address-prefix", prefix.value.length) : null;
}

function isListed(
  list: Extract<Selector, { type: "list" }>,
  { rule, role }: Listing,
  request: Request,
  input: CompileInput,
): boolean {
  const reading = listOfSelector(list, input);
  if (reading === null) return false;
  const matches = (entry: ListEntry, isExcluded: boolean): boolean => {
    if (entry.type === "domain") return rankOfName(entry.value, entry.match, request) !== null;
    if (entry.type === "url") return rankOfUrl(entry.value, entry.match, request) !== null;
    if (entry.type === "cidr") return rankOfAddress(entry.value, request) !== null;
    if (request.url === undefined) return false;
    const pattern = patternsOf(input)(list, rule, role, entry.value, isExcluded);
    return pattern !== null && matchesPattern(pattern, request.url);
  };
  return (
    reading.entries.some((each) => matches(each, false)) &&
    !reading.exceptions.some((each) => matches(each, true))
  );
}

// Kept, because what an image has room for depends on all lists.
const patternsOfInputs = new WeakMap<CompileInput, PatternsInImage>();

function patternsOf(input: CompileInput): PatternsInImage {
  const known = patternsOfInputs.get(input);
  if (known !== undefined) return known;
  const patterns = patternsInImage(
    input,
    rulesOf(input).map(({ rule }) => rule),
  );
  patternsOfInputs.set(input, patterns);
  return patterns;
}

function scopeOf(rule: Rule, request: Request): "met" | "not-met" | "unknown" {
  const confident = (request.places ?? []).filter(
    (place) =>
      rule.scope.connectors.includes(place.connector) && place.confidence >= rule.scope.minConfidence,
  );
  if (
    confident.some((place) =>
      isInTerritories(place, rule.scope.territories, rule.scope.except ?? [], request.at),
    )
  )
    return "met";
  const allKnown = rule.scope.connectors.every((connector) =>
    confident.some((place) => place.connector === connector),
  );
  return allKnown ? "not-met" : "unknown";
}

function isInTerritories(
  place: Place,
  territories: readonly string[],
  except: readonly string[],
  at: number,
): boolean {
  const isIn = (item: string): boolean =>
    isGroup(item) ? isMember(item, place.territory, at) : isWithin(place.territory, item);
  return territories.some(isIn) && !except.some(isIn);
}

function isWithin(territory: string, item: string): boolean {
  const parent = parentTerritory(territory);
  return territory === item || (parent !== null && isWithin(parent, item));
}

function outcomeOf(rule: Rule, request: Request): Pick<ReferenceDecision, "effect" | "verdict" | "reason"> {
  const { effect } = rule;
  switch (effect.action) {
    case "allow":
      return { effect: "allow", verdict: "pass", reason: "rule" };
    case "block":
    case "gate":
      return { effect: effect.action, verdict: "refuse", reason: "rule" };
    case "route": {
      const hosts = (request.places ?? []).filter(
        (place) => place.connector === "host-location" && place.confidence >= rule.scope.minConfidence,
      );
      if (hosts.some((host) => isInTerritories(host, effect.egress, [], request.at)))
        return { effect: "route", verdict: "pass", reason: "egress-permitted" };
      if (hosts.length > 0) return { effect: "route", verdict: "refuse", reason: "egress-outside" };
      return {
        effect: "route",
        verdict: effect.onFailure === "allow" ? "pass" : "refuse",
        reason: "egress-unknown",
      };
    }
    case "observe":
      break;
  }
  // Not reached: an observe rule never decides.
  return { effect: "allow", verdict: "pass", reason: "rule" };
}

function byDefault(
  set: PolicySetDocument,
): Pick<ReferenceDecision, "effect" | "verdict" | "reason" | "rule"> {
  return set.default === "allow"
    ? { effect: "allow", verdict: "pass", reason: "default", rule: null }
    : { effect: "block", verdict: "refuse", reason: "default", rule: null };
}
