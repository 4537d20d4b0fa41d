// Sense of one rule: selectors that can be read, dates in order, a state that its history leads to, hours that are some.
import type { Rule, Schedule } from "./document.ts";
import { shown } from "./internal/suggest.ts";
import type { Fault } from "./policy-issue.ts";
import { citationFaults } from "./sense-of-citation.ts";
import { dayFaults, type Knowledge, placeFaults, testFaults } from "./sense-of-facts.ts";
import { selectorFaults } from "./sense-of-selector.ts";

/** Faults of sense in a rule that the schema accepts. */
export function senseOfRule(rule: Rule, at: string, knowledge: Knowledge): Fault[] {
  const { effect, scope, legalBasis } = rule;
  const faults: Fault[] = [];
  const each = <T>(
    items: readonly T[] | undefined,
    path: string,
    check: (item: T, pointer: string) => readonly Fault[],
  ): void => {
    if (items === undefined) return;
    for (const [index, item] of items.entries()) {
      const found = check(item, `${at}${path}/${index}`);
      if (found.length > 0) faults.push(...found);
    }
  };
  const place = (code: string, pointer: string): readonly Fault[] => placeFaults(code, pointer, knowledge);
  each(rule.selectors, "/selectors", selectorFaults);
  each(rule.exceptions, "/exceptions", selectorFaults);
  each(scope.territories, "/scope/territories", place);
  each(scope.except, "/scope/except", place);
  if (effect.action === "route") each(effect.egress, "/effect/egress", place);
  faults.push(
    ...dayFaults(legalBasis.issued, `${at}/legalBasis/issued`),
    ...place(legalBasis.authority.jurisdiction, `${at}/legalBasis/authority/jurisdiction`),
    ...dayFaults(effect.notice?.secrecy?.until, `${at}/effect/notice/secrecy/until`),
  );
  each(legalBasis.citations, "/legalBasis/citations", (citation, pointer) => {
    const found = citationFaults(citation, legalBasis.authority, pointer);
    if (!("jurisdiction" in citation) || citation.jurisdiction === undefined) return found;
    return [...found, ...place(citation.jurisdiction, `${pointer}/jurisdiction`)];
  });
  each(rule.tests, "/tests", (test, pointer) => testFaults(test, pointer, knowledge));
  each(rule.waivers, "/waivers", ({ until }, pointer) => dayFaults(until, `${pointer}/until`));
  for (const field of ["effective", "expires", "reviewBy"] as const)
    faults.push(...dayFaults(rule[field], `${at}/${field}`));
  return [
    ...faults,
    ...orderFaults(rule, at),
    ...historyFaults(rule, at),
    ...scheduleFaults(rule.schedule, `${at}/schedule`),
  ];
}

function orderFaults(rule: Rule, at: string): Fault[] {
  return (["expires", "reviewBy"] as const).flatMap((field) => {
    const end = rule[field];
    if (end === undefined || Date.parse(end) > Date.parse(rule.effective)) return [];
    return [
      {
        code: "policy/order-of-dates",
        pointer: `${at}/${field}`,
        message: `\`${field}\` is not after \`effective\``,
        expected: `after ${rule.effective}`,
        found: end,
        help: "an end is the first instant after a rule; write one that comes later",
      },
    ];
  });
}

function historyFaults({ status, history, legalBasis }: Rule, at: string): Fault[] {
  if (history === undefined) return [];
  const faults: Fault[] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const [index, { from, citations }] of history.entries()) {
    const pointer = `${at}/history/${index}`;
    faults.push(...dayFaults(from, `${pointer}/from`));
    if (Date.parse(from) <= before)
      faults.push({
        code: "policy/order-of-history",
        pointer: `${pointer}/from`,
        message: "the state does not begin after the one before it",
        expected: `after ${history[index - 1]?.from ?? ""}`,
        found: from,
        help: "write the states oldest first",
      });
    before = Date.parse(from);
    for (const [position, citation] of (citations ?? []).entries())
      faults.push(...citationFaults(citation, legalBasis.authority, `${pointer}/citations/${position}`));
  }
  const last = history.at(-1);
  if (last !== undefined && last.state !== status)
    faults.push({
      code: "policy/status-of-history",
      pointer: `${at}/status`,
      message: `the status is ${shown(status)}, the last state of the history ${shown(last.state)}`,
      expected: last.state,
      found: status,
      help: "add the change to `history` with its instant, or mend the status",
    });
  return faults;
}

function scheduleFaults(schedule: Schedule | undefined, at: string): Fault[] {
  if (schedule === undefined) return [];
  const faults: Fault[] = [];
  if (!isZone(schedule.zone))
    faults.push({
      code: "policy/unknown-zone",
      pointer: `${at}/zone`,
      message: `${shown(schedule.zone)} is no time zone`,
      expected: "a name of the IANA time zone database",
      found: schedule.zone,
      help: "write a name such as Europe/Berlin, or UTC",
    });
  for (const [index, { from, to }] of schedule.windows.entries()) {
    if (from === to)
      faults.push({
        code: "policy/empty-window",
        pointer: `${at}/windows/${index}/to`,
        message: "the window ends when it starts",
        expected: `another time than ${from}`,
        found: to,
        help: "for a whole day write from 00:00 to 24:00",
      });
  }
  return faults;
}

// ECMA-402 §6.5: the names that the engine's own calendar data knows; where it has none, the form must do.
function isZone(zone: string): boolean {
  if (typeof Intl === "undefined") return true;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
