import { type ListDiagnostic, type ListEntry, type ListReading, MAX_DIAGNOSTICS } from "../list-reading.ts";
import { EntrySet } from "./entry-set.ts";
import type { RecordCounts, RecordEvents, Role } from "./record-pump.ts";

/** Keeps what a list says, once each. */
export class ReadingCollector implements RecordEvents {
  readonly #entries = new EntrySet();
  readonly #exceptions = new EntrySet();
  readonly #diagnostics: ListDiagnostic[] = [];
  readonly #countByCode: Record<string, number> = {};
  #diagnosticCount = 0;

  readonly found = (entry: ListEntry, _line: number, as: Role): void =>
    (as === "entry" ? this.#entries : this.#exceptions).add(entry);

  readonly diagnosed = (diagnostic: ListDiagnostic): void => {
    this.#diagnosticCount += 1;
    this.#countByCode[diagnostic.code] = (this.#countByCode[diagnostic.code] ?? 0) + 1;
    if (this.#diagnostics.length < MAX_DIAGNOSTICS) this.#diagnostics.push(diagnostic);
  };

  reading({ lineCount, acceptedLines, refusedLines }: RecordCounts): ListReading {
    return {
      entries: this.#entries.items,
      exceptions: this.#exceptions.items,
      // What is known at the end only may be about any line.
      diagnostics: this.#diagnostics.toSorted((a, b) => a.line - b.line),
      diagnosticCount: this.#diagnosticCount,
      countByCode: this.#countByCode,
      lineCount,
      acceptedLines,
      refusedLines,
    };
  }
}
