// Layers and policies to one ordered list of rules, each with the record that the image will hold.
import { groups, isGroup, isTerritory, suggestTerritory } from "@demarc/jurisdiction";
import type { RuleRecord, ScheduleRecord, StateRecord } from "@demarc/matcher";
import { DAYS, type RulePart, type ScopeItem } from "@demarc/matcher/format";
import type { Rule } from "@demarc/policy";
import type { CompileInput, Diagnostic } from "./compile-input.ts";

/** A rule of the set: where it comes from and what the image says about it. */
export interface LinkedRule {
  readonly rule: Rule;
  readonly file: string | undefined;
  readonly layerIndex: number;
  readonly part: RulePart;
}

/** Rules in the image's order: by layer, then id, whatever the order of files. */
export function linkRules(
  input: CompileInput,
  report: (diagnostic: Diagnostic) => void,
): readonly LinkedRule[] {
  const found = rulesInLayers(input, report);
  found.sort((a, b) => a.layerIndex - b.layerIndex || (a.rule.id < b.rule.id ? -1 : 1));
  const positions = new Map<string, number>();
  for (const [index, { rule, file }] of found.entries()) {
    if (positions.has(rule.id)) {
      report({
        code: "compiler/duplicate-rule",
        severity: "error",
        file,
        rule: rule.id,
        message: `the rule id \`${rule.id}\` is used twice in the policy set`,
        help: "ids are unique in a policy set; an id is never used again",
      });
    } else positions.set(rule.id, index);
  }
  return found.map((each) => ({ ...each, part: partOf(each, positions, report) }));
}

type Found = Omit<LinkedRule, "part"> & { readonly record: Omit<RuleRecord, "index"> };

function rulesInLayers(input: CompileInput, report: (diagnostic: Diagnostic) => void): Found[] {
  const { set } = input;
  const byPath = new Map(input.policies.map((policy) => [policy.path, policy]));
  const used = new Set<string>();
  const found: Found[] = [];
  for (const [layerIndex, layer] of set.document.layers.entries()) {
    for (const path of layer.policies) {
      const policy = byPath.get(path);
      if (policy === undefined) {
        report({
          code: "compiler/missing-policy",
          severity: "error",
          file: set.file,
          message: `the policy \`${path}\` of layer \`${layer.id}\` is missing`,
          help: "check the path; it is relative to the policy set",
        });
        continue;
      }
      if (used.has(path)) {
        report({
          code: "compiler/policy-twice",
          severity: "error",
          file: set.file,
          message: `the policy \`${path}\` is in two layers`,
          help: "a policy decides in one layer",
        });
        continue;
      }
      used.add(path);
      const record = policyRecordOf(policy);
      for (const rule of policy.document.rules) {
        found.push({
          rule,
          file: policy.file ?? path,
          layerIndex,
          record: recordOf(rule, record, layer.id, layerIndex),
        });
      }
    }
  }
  return found;
}

// One for all rules of a policy.
function policyRecordOf({ document, digest }: CompileInput["policies"][number]): RuleRecord["policy"] {
  const { id, version, publisher, language } = document;
  return {
    id,
    version,
    digest,
    publisher: sortedKeys(publisher),
    ...(language === undefined ? {} : { language }),
  };
}

// Fields in a fixed order, so that the same rule gives the same bytes however its document orders them.
function recordOf(
  rule: Rule,
  policy: RuleRecord["policy"],
  layer: string,
  layerIndex: number,
): Omit<RuleRecord, "index"> {
  const { effect, scope, legalBasis } = rule;
  const { assessment, ...reasons } = rule.justification;
  const route =
    effect.action === "route" ? { egress: sorted(effect.egress), onFailure: effect.onFailure } : {};
  const gate = effect.action === "gate" ? { condition: effect.condition, minimumAge: effect.minimumAge } : {};
  return {
    id: rule.id,
    title: sortedKeys(rule.title),
    status: rule.status,
    ...(rule.history === undefined ? {} : { history: rule.history.map(stateOf) }),
    category: rule.category,
    effect: {
      action: effect.action,
      ...(effect.notice === undefined ? {} : { notice: sortedKeys(effect.notice) }),
      ...gate,
      ...route,
    },
    scope: {
      territories: sorted(scope.territories),
      ...(scope.except === undefined ? {} : { except: sorted(scope.except) }),
      connectors: sorted(scope.connectors),
      minConfidence: scope.minConfidence,
      whenUnknown: scope.whenUnknown,
    },
    ...(rule.schedule === undefined ? {} : { schedule: scheduleOf(rule.schedule) }),
    legalBasis: {
      kind: legalBasis.kind,
      discretion: legalBasis.discretion,
      citations: legalBasis.citations.map(sortedKeys),
      authority: sortedKeys(legalBasis.authority),
      ...(legalBasis.issued === undefined ? {} : { issued: legalBasis.issued }),
    },
    effective: rule.effective,
    ...(rule.expires === undefined ? {} : { expires: rule.expires }),
    ...(rule.reviewBy === undefined ? {} : { reviewBy: rule.reviewBy }),
    justification: { ...(assessment === undefined ? {} : { assessment }), ...sortedKeys(reasons) },
    remedy: { url: rule.remedy.url, body: rule.remedy.body },
    overrides: sorted(rule.overrides ?? []),
    policy,
    layer,
    layerIndex,
  };
}

function stateOf({ state, from, citations, note }: NonNullable<Rule["history"]>[number]): StateRecord {
  return {
    state,
    from,
    ...(citations === undefined ? {} : { citations: citations.map(sortedKeys) }),
    ...(note === undefined ? {} : { note }),
  };
}

// Windows have no order of their own; any of them is enough.
function scheduleOf({ zone, windows }: NonNullable<Rule["schedule"]>): ScheduleRecord {
  const sortedWindows = windows.map(({ days, from, to }) => ({
    days: [...new Set(days)].toSorted((a, b) => DAYS.indexOf(a) - DAYS.indexOf(b)),
    from,
    to,
  }));
  const key = (window: (typeof sortedWindows)[number]) => JSON.stringify(window);
  return { zone, windows: sortedWindows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)) };
}

function partOf(
  { rule, record, file }: Found,
  positions: ReadonlyMap<string, number>,
  report: (diagnostic: Diagnostic) => void,
): RulePart {
  const overrides: number[] = [];
  for (const id of record.overrides) {
    const position = positions.get(id);
    if (position === undefined) {
      report({
        code: "compiler/unknown-override",
        severity: "warning",
        file,
        rule: rule.id,
        message: `\`${rule.id}\` overrides \`${id}\`, which is no rule of the policy set`,
        help: "remove it, or add the policy that has it",
      });
    } else if (id !== rule.id) overrides.push(position);
  }
  const items = (codes: readonly string[] | undefined): ScopeItem[] =>
    (codes ?? []).map((code) => {
      if (!isTerritory(code) && !isGroup(code)) {
        report({
          code: "compiler/unknown-territory",
          severity: "error",
          file,
          rule: rule.id,
          message: `\`${code}\` is no territory and no group`,
          help: helpForTerritory(code),
        });
      }
      return { code, isGroup: isGroup(code) };
    });
  return {
    record,
    effective: Date.parse(rule.effective),
    expires: rule.expires === undefined ? Number.POSITIVE_INFINITY : Date.parse(rule.expires),
    overrides: overrides.toSorted((a, b) => a - b),
    territories: items(record.scope.territories),
    except: items(record.scope.except),
    egress: items(record.effect.egress),
    states: (rule.history ?? []).map(({ state, from }) => ({ state, from: Date.parse(from) })),
  };
}

function helpForTerritory(code: string): string {
  const group = groups().find((each) => each.toLowerCase() === code.toLowerCase());
  const suggestion = group ?? suggestTerritory(code.replace(/^group:/, ""));
  if (suggestion !== null) return `did you mean ${suggestion}?`;
  return code.startsWith("group:")
    ? `the groups are ${groups().join(", ")}`
    : "write an ISO 3166 code, or a group such as group:EU";
}

function sorted<T extends string>(values: readonly T[]): readonly T[] {
  return values.length < 2 ? values : [...new Set(values)].toSorted();
}

// Nested too: the order in which a document writes its fields must not reach the bytes.
function sortedKeys<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]: [string, unknown]) => [
        key,
        typeof each === "object" && each !== null && !Array.isArray(each) ? sortedKeys(each) : each,
      ]),
  ) as T;
}
