// Which lists of a folder put rules into which others with `&name`. All of them are looked through once; names alone are kept.
import { MAX_LINE_CHARS } from "../list-reading.ts";

/** What a look through a folder found. */
export interface Affiliations {
  /** By the name of a list in lower case, the lists that have rules for it, in order. */
  readonly sourcesOf: ReadonlyMap<string, readonly string[]>;
  /** Why what others add may be more than that. */
  readonly faults: readonly string[];
}

// Names are those of files, so one with a slash or dot would lead elsewhere.
const LIST_NAME = /^[A-Za-z0-9!_-]+$/;

// A folder that has more is hostile or broken; the largest published one has 40,000 lines.
const MAX_LINES = 2_000_000;
const MAX_PAIRS = 100_000;

/** Whether it is the name of a list. */
export function isListName(name: string): boolean {
  return LIST_NAME.test(name);
}

/** Looks through the lists of these names, in the order of the names. `textOf` returns null for one that can not be read. */
export function findAffiliations(
  names: readonly string[],
  textOf: (name: string) => string | null,
): Affiliations {
  const sourcesOf = new Map<string, string[]>();
  const faults: string[] = [];
  let lines = 0;
  let pairs = 0;
  for (const source of [...new Set(names)].filter(isListName).toSorted()) {
    const text = textOf(source);
    if (text === null) {
      faults.push(`the list \`${source}\` can not be read, so what it adds to others is missing`);
      continue;
    }
    for (const line of linesOf(text)) {
      lines += costOf(line);
      if (lines > MAX_LINES)
        return { sourcesOf, faults: [...faults, `lists are looked through for ${MAX_LINES} lines at most`] };
      for (const target of affiliationsOf(line)) {
        const sources = sourcesOf.get(target) ?? [];
        if (sources.at(-1) === source) continue;
        pairs += 1;
        if (pairs > MAX_PAIRS)
          return { sourcesOf, faults: [...faults, `lists add to ${MAX_PAIRS} others at most`] };
        // A part of a text keeps all of it in memory, and a copy does not.
        if (sources.length === 0) sourcesOf.set([...target].join(""), sources);
        sources.push(source);
      }
    }
  }
  return { sourcesOf, faults };
}

/** The lists, in lower case, that a line puts its rule into beside its own. An include is no rule. */
export function affiliationsOf(line: string): readonly string[] {
  if (!line.includes("&")) return [];
  const [head = "", ...words] = wordsOf(line.slice(0, MAX_LINE_CHARS));
  if (/^include:/i.test(head)) return [];
  return words.filter((word) => /^&./.test(word)).map((word) => word.slice(1).toLowerCase());
}

/** The words of a line before its comment; one that is empty where there are none. */
export function wordsOf(line: string): readonly string[] {
  return (line.split("#", 1)[0] ?? "").trim().split(/\s+/);
}

/** As how many lines one counts: a longer one than is read, as what it could have been. */
export function costOf(line: string): number {
  return 1 + Math.floor(line.length / MAX_LINE_CHARS);
}

/**
 * The lines of a text, one after another.
 * @yields A line without its line feed.
 */
export function* linesOf(text: string): Generator<string> {
  for (let from = 0; from <= text.length; ) {
    const end = text.indexOf("\n", from);
    yield text.slice(from, end < 0 ? text.length : end);
    from = end < 0 ? text.length + 1 : end + 1;
  }
}
