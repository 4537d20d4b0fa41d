// A source of evidence from parsed prefixes: every text format ends here, in a table.
import type { Issue, Result } from "@demarc/net";
import type { AddressSource } from "./evidence.ts";
import { compileTable, type TableEntry, type TableInput } from "./table/compile-table.ts";
import { type AddressTable, openTable } from "./table/open-table.ts";

/** One line of a file that could not be used; `line` is from 1. */
export interface LineIssue extends Issue {
  readonly line: number;
}

/**
 * What came of a file: the source, and every line that it is without. A bad line costs that line only; how many there may be
 * is the caller's to judge.
 */
export interface ReadSource {
  readonly source: AddressTable;
  readonly entries: readonly TableEntry[];
  readonly issues: readonly LineIssue[];
  /** Lines that were meant to give no place, by what they are: `asn`, `available`, `outside` ... */
  readonly skipped: Readonly<Record<string, number>>;
}

/** What a reader is told about a file. */
export interface SourceInfo {
  /** As evidence names it. */
  readonly source: string;
  /** Who made the data; the source's name unless said. */
  readonly vendor?: string | undefined;
  /** The day the data is of, as 2026-11-01. */
  readonly dataDate: string;
}

/** A source over entries; TypeError where a table that was just made does not open, which is a fault of this package. */
export function sourceOf(input: TableInput): AddressTable {
  const opened: Result<AddressTable> = openTable(compileTable(input));
  if (!opened.ok) throw new TypeError(opened.issue.message);
  return opened.value;
}

/**
 * Warnings about the age of sources at an instant: what is more than `staleAfterDays` before it (`evidence/stale`) or after it
 * (`evidence/later`), or does not say its day (`evidence/no-date`).
 */
export function ageWarnings(
  sources: readonly Pick<AddressSource, "name" | "dataDate" | "dataAt">[],
  at: number,
  staleAfterDays = 60,
): readonly Issue[] {
  return sources.flatMap(({ name, dataDate, dataAt }): Issue[] => {
    if (dataAt === null)
      return [
        {
          code: "evidence/no-date",
          message: `\`${name}\` does not say of which day its data is`,
          help: "state its dataDate, so that its age can be judged",
        },
      ];
    const days = Math.floor((at - dataAt) / DAY_MS);
    if (days < -staleAfterDays)
      return [
        {
          code: "evidence/later",
          message: `the data of \`${name}\` is of ${dataDate}, ${-days} days after the instant asked about; what it says counts half`,
          help: "addresses move: ask with the data of that time",
        },
      ];
    if (days <= staleAfterDays) return [];
    return [
      {
        code: "evidence/stale",
        message: `the data of \`${name}\` is of ${dataDate}, ${days} days old; what it says counts half`,
        help: `fetch data that is at most ${staleAfterDays} days old`,
      },
    ];
  });
}

const DAY_MS = 86_400_000;
