// The JSON part of an image: shapes are checked here once, so that disclosure and the audit log can trust them.
import { CONNECTORS, EFFECTS, ON_FAILURE, STATUSES, WHEN_UNKNOWN } from "../layout.ts";
import type { PolicyImage, RuleRecord } from "../types.ts";
import { decodeUtf8 } from "./globals.ts";

/** Set and rules of an image, with the position of each rule filled in. */
export interface Meta {
  readonly set: PolicyImage["set"];
  readonly rules: readonly RuleRecord[];
}

/** Reads and checks the JSON part; a text names the first fault. */
export function readMeta(bytes: Uint8Array): Meta | string {
  const text = decodeUtf8(bytes);
  if (text === null) return "it is no UTF-8";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "it is no JSON";
  }
  if (!isObject(value) || !isObject(value["set"]) || !Array.isArray(value["rules"]))
    return "it has no set or no rules";
  const set = value["set"];
  const setFault = SET.find(([path, test]) => !test(at(set, path)));
  if (setFault !== undefined) return `set.${setFault[0]} has the wrong form`;
  const rules: RuleRecord[] = [];
  for (const [index, rule] of value["rules"].entries()) {
    const fault = isObject(rule)
      ? RULE_FIELDS.find(([path, test]) => !test(at(rule, path)))
      : (["", isText] as const);
    if (fault !== undefined) return `rules[${index}].${fault[0]} has the wrong form`;
    rules.push(deepFreeze({ ...(rule as object), index } as unknown as RuleRecord));
  }
  return { set: deepFreeze(set as unknown as PolicyImage["set"]), rules };
}

type Test = (value: unknown) => boolean;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText: Test = (value) => typeof value === "string";
const isNumber: Test = (value) => typeof value === "number";
const isTexts: Test = (value) => isObject(value) && Object.values(value).every(isText);
const isTextList: Test = (value) => Array.isArray(value) && value.every(isText);
const isParty: Test = (value) =>
  isObject(value) &&
  isText(value["name"]) &&
  isText(value["type"]) &&
  optional(isText)(value["jurisdiction"]) &&
  optional(isText)(value["contact"]);
const isCitation: Test = (value) =>
  isObject(value) &&
  isText(value["scheme"]) &&
  isText(value["id"]) &&
  optional(isTextList)(value["pinpoint"]);
const isState: Test = (value) =>
  isObject(value) &&
  oneOf(STATUSES)(value["state"]) &&
  isText(value["from"]) &&
  optional(listOf(isCitation))(value["citations"]) &&
  optional(isText)(value["note"]);
const isWindow: Test = (value) =>
  isObject(value) && isTextList(value["days"]) && isText(value["from"]) && isText(value["to"]);
const isSchedule: Test = (value) =>
  isObject(value) && isText(value["zone"]) && listOf(isWindow)(value["windows"]);
const isNotice: Test = (value) =>
  isObject(value) &&
  optional(isNumber)(value["http"]) &&
  optional(isNumber)(value["ede"]) &&
  optional(isText)(value["page"]);

function optional(test: Test): Test {
  return (value) => value === undefined || test(value);
}

function oneOf(values: readonly string[]): Test {
  return (value) => typeof value === "string" && values.includes(value);
}

function listOf(test: Test): Test {
  return (value) => Array.isArray(value) && value.every(test);
}

const SET: readonly (readonly [string, Test])[] = [
  ["id", isText],
  ["version", isText],
  ["digest", isText],
  ["default", oneOf(["allow", "refuse"])],
  ["conflict", optional(oneOf(["strictest", "subject-first", "operator-first", "report"]))],
  ["operator", isObject],
  ["operator.name", isText],
  ["operator.jurisdiction", isText],
  ["operator.contact", optional(isText)],
  ["operator.url", optional(isText)],
  ["layers", isTextList],
];

const RULE_FIELDS: readonly (readonly [string, Test])[] = [
  ["id", isText],
  ["title", isTexts],
  ["status", oneOf(STATUSES)],
  ["history", optional(listOf(isState))],
  ["schedule", optional(isSchedule)],
  ["category", isText],
  ["effect", isObject],
  ["effect.action", oneOf(EFFECTS)],
  ["effect.notice", optional(isNotice)],
  ["effect.condition", optional(isText)],
  ["effect.minimumAge", optional(isNumber)],
  ["effect.egress", optional(isTextList)],
  ["effect.onFailure", optional(oneOf(ON_FAILURE))],
  ["scope", isObject],
  ["scope.territories", isTextList],
  ["scope.except", optional(isTextList)],
  ["scope.connectors", listOf(oneOf(CONNECTORS))],
  ["scope.minConfidence", isNumber],
  ["scope.whenUnknown", oneOf(WHEN_UNKNOWN)],
  ["legalBasis", isObject],
  ["legalBasis.kind", isText],
  ["legalBasis.discretion", oneOf(["mandatory", "permitted", "voluntary"])],
  ["legalBasis.citations", listOf(isCitation)],
  ["legalBasis.authority", isParty],
  ["legalBasis.issued", optional(isText)],
  ["effective", isText],
  ["expires", optional(isText)],
  ["reviewBy", optional(isText)],
  ["justification", isTexts],
  ["remedy", isObject],
  ["remedy.url", isText],
  ["remedy.body", isText],
  ["overrides", isTextList],
  ["policy", isObject],
  ["policy.id", isText],
  ["policy.version", isText],
  ["policy.digest", isText],
  ["policy.publisher", isParty],
  ["layer", isText],
  ["layerIndex", isNumber],
];

function at(value: Record<string, unknown>, path: string): unknown {
  let current: unknown = value;
  for (const key of path.split(".")) current = isObject(current) ? current[key] : undefined;
  return current;
}

// With a stack of its own: JSON.parse accepts nesting that a recursive walk does not survive.
function deepFreeze<T>(value: T): T {
  const waiting: unknown[] = [value];
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    if (typeof each !== "object" || each === null || Object.isFrozen(each)) continue;
    Object.freeze(each);
    for (const inner of Object.values(each)) waiting.push(inner);
  }
  return value;
}
