// Sense of single facts: days that exist, places that are known, targets that can be read.
import { parseTarget } from "@demarc/net";
import type { GoldenTest } from "./document.ts";
import { shown } from "./internal/suggest.ts";
import type { Fault } from "./policy-issue.ts";

/** What only others know: which codes are places. Left out, every code of the right form is taken. */
export interface Knowledge {
  readonly isTerritory?: ((code: string) => boolean) | undefined;
  readonly isGroup?: ((code: string) => boolean) | undefined;
  readonly suggestTerritory?: ((text: string) => string | null) | undefined;
}

const NONE: readonly Fault[] = [];

/** The schema knows the form of a date, not how long a month is. */
export function dayFaults(date: string | undefined, pointer: string): readonly Fault[] {
  // Every month has 28 days.
  if (date === undefined || date.slice(8, 10) <= "28") return NONE;
  const match = /^(\d{4})-(\d\d)-(\d\d)/.exec(date);
  if (match === null) return NONE;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  if (day <= days) return NONE;
  return [
    {
      code: "policy/format",
      pointer,
      message: `${shown(match[0])} is no day: that month has ${days}`,
      expected: "a day that exists",
      found: date,
      help: "write a day that exists; an end is the first instant after it",
    },
  ];
}

/** A code of the right form may still be no place. */
export function placeFaults(
  code: string,
  pointer: string,
  { isTerritory, isGroup, suggestTerritory }: Knowledge,
): readonly Fault[] {
  const known = code.startsWith("group:") ? (isGroup?.(code) ?? true) : (isTerritory?.(code) ?? true);
  if (known) return NONE;
  const guess =
    isGroup?.(`group:${code}`) === true
      ? `group:${code}`
      : (suggestTerritory?.(code.replace(/^group:/, "")) ?? null);
  return [
    {
      code: "policy/unknown-territory",
      pointer,
      message: `${shown(code)} is no ${code.startsWith("group:") ? "group" : "territory"}`,
      expected: code.startsWith("group:") ? "a group that is known" : "an ISO 3166 code, or a group",
      found: code,
      help:
        guess === null
          ? "write an ISO 3166 code such as DE or ES-CN, or a group such as group:EU"
          : `did you mean ${guess}?`,
    },
  ];
}

/** Faults of a golden test. */
export function testFaults(test: GoldenTest, at: string, knowledge: Knowledge): Fault[] {
  const faults = [...dayFaults(test.at, `${at}/at`)];
  if (test.where !== "unknown") faults.push(...placeFaults(test.where, `${at}/where`, knowledge));
  if (test.host !== undefined) faults.push(...placeFaults(test.host, `${at}/host`, knowledge));
  const target = parseTarget(test.target);
  if (!target.ok)
    faults.push({
      code: "policy/target",
      pointer: `${at}/target`,
      message: target.issue.message,
      expected: "a name, an address, or an http(s) URL",
      found: test.target,
      help: target.issue.help,
    });
  return faults;
}
