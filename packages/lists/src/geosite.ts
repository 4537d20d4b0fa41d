import {
  type Affiliations,
  affiliationsOf,
  costOf,
  findAffiliations,
  isListName,
  linesOf,
  wordsOf,
} from "./internal/affiliations.ts";
import { firstInk, type LineHandler, type LineSink, readLines } from "./internal/line-reader.ts";
import type { PlainForm } from "./internal/plain-lines.ts";
import { type ListReading, MAX_LINE_CHARS } from "./list-reading.ts";

/** How a list of a folder of lists is read. */
export interface GeositeOptions {
  /** Returns the text of an included list, or null where it is not to be had. Names have letters, digits, `-`, `_` and `!` only. */
  readonly include?: ((name: string) => string | null) | undefined;
  /** The name of the list itself, so that a list that includes it is a circle, and what others add to it is found. */
  readonly name?: string | undefined;
  /**
   * The names of all lists that `include` has. With them, a rule of any list that says `&other` is one of `other` too; without
   * them it is one of its own list alone.
   */
  readonly lists?: readonly string[] | undefined;
  /** Only rules that have all of these attributes, or with a minus have it not: `cn`, `-ads`. */
  readonly attributes?: readonly string[] | undefined;
}

const MAX_INCLUDE_DEPTH = 16;

// Lines read for all includes and affiliations together; a list that asks for more is hostile or broken.
const MAX_OTHER_LINES = 2_000_000;

// Different lists and filters that one list can ask for; the largest published one asks for a few hundred.
const MAX_INCLUDES = 5000;

const PLAIN: readonly PlainForm[] = [
  { before: "", after: "", match: "subdomains" },
  { before: "domain:", after: "", match: "subdomains" },
  { before: "full:", after: "", match: "exact" },
];

/**
 * Reads a geosite source list (v2fly domain-list-community): `domain:` or a bare name (with everything below), `full:`
 * (itself alone), `include:` with optional attribute filters, `@attributes`. `keyword:` and `regexp:` can not be matched
 * exactly and are left out and counted (`lists/geosite-keyword`, `lists/geosite-regexp`). `&other` puts a rule into the list `other`
 * as well, whether that has a file or not: where `lists` are given, the rules that others have for a list follow on its own, in the order
 * of the names of those lists. They are held against the filters of includes like its own; what includes bring into a list is not affiliated again.
 *
 * Errors: never fails; `lists/geosite-include` (a list that is not to be had, includes itself, has a name that is none, or is one too
 * many), `lists/geosite-affiliation` (a name that is none, lists that can not be read or are too many), `lists/geosite-type`,
 * `lists/geosite-word`, `net/name-...`.
 * Diagnostics of an included list carry the line of the `include:` that brought it, and in `included` the place in that list. Those of a
 * rule that another list adds to the list itself carry the last line of this.
 * Source: github.com/v2fly/domain-list-community, README and main.go.
 */
export function readGeosite(text: string, options: GeositeOptions = {}): ListReading {
  return readLines(text, geositeLines(options));
}

/** The reader of `readGeosite`, line by line. */
export function geositeLines(options: GeositeOptions = {}): LineHandler {
  const includes = new Includes(options);
  const filter = (options.attributes ?? []).map((each) => each.replace(/^@/, "").toLowerCase());
  return {
    // What is asked for by attributes, bare names do not have; what other lists add is told with the last line, as text.
    ...(filter.length > 0 || options.lists !== undefined ? {} : { plain: PLAIN }),
    line: (line, sink) => {
      const start = firstInk(line);
      if (start < 0) return;
      includes.rule(line.slice(start), start + 1, { sink, top: start + 1, place: null, above: [], filter });
    },
    end: (sink) => includes.end({ sink, top: 1, place: null, above: [], filter }),
  };
}

/** Where a rule stands. */
interface Context {
  readonly sink: LineSink;
  /** Column of the include in the list that is read. */
  readonly top: number;
  /** Where in an included list; null in the list that is read. */
  readonly place: { readonly list: string; readonly line: number; readonly column: number } | null;
  /** The lists that lead to this one, outermost first. */
  readonly above: readonly string[];
  readonly filter: readonly string[];
}

class Includes {
  readonly #options: GeositeOptions;
  // The same list with the same filter says nothing new the second time.
  readonly #done = new Set<string>();
  #affiliations: Affiliations | null = null;
  #lines = 0;

  constructor(options: GeositeOptions) {
    this.#options = options;
  }

  rule(rule: string, column: number, context: Context): void {
    const { sink, filter } = context;
    const [head = "", ...words] = wordsOf(rule);
    if (head === "") return;
    const odd = words.find((word) => !/^[@&]./.test(word));
    if (odd !== undefined)
      return sink.diagnose(
        "lists/geosite-word",
        `\`${odd}\` is no attribute (\`@name\`) and no affiliation (\`&list\`); the rule is left out`,
        column,
      );
    const attributes = words
      .filter((word) => word.startsWith("@"))
      .map((word) => word.slice(1).toLowerCase());
    const colon = head.indexOf(":");
    const type = colon < 0 ? "domain" : head.slice(0, colon).toLowerCase();
    const value = head.slice(colon + 1);
    const affiliations = words.filter((word) => word.startsWith("&"));
    if (type === "include") {
      // The attributes of an include are a filter on what it brings, in addition to the filters above it.
      if (affiliations.length === 0)
        return this.#include(value, column, { ...context, filter: [...filter, ...attributes] });
      return sink.diagnose(
        "lists/geosite-word",
        `\`${affiliations[0]}\`: rules belong to other lists too, an include does not; left out`,
        column,
      );
    }
    if (!filter.every((wanted) => satisfies(attributes, wanted))) return;
    for (const word of affiliations)
      if (!isListName(word.slice(1)))
        sink.diagnose(
          "lists/geosite-affiliation",
          `\`${word.slice(1, 81)}\` is no name of a list; the rule is read for this list alone`,
          column,
        );
    const at = column + colon + 1;
    switch (type) {
      case "domain":
        return sink.domain(value, "subdomains", at);
      case "full":
        return sink.domain(value, "exact", at);
      case "keyword":
        return sink.diagnose(
          "lists/geosite-keyword",
          "a keyword matches parts of other names too; left out",
          column,
        );
      case "regexp":
        return sink.diagnose(
          "lists/geosite-regexp",
          "a regular expression can not be matched exactly by name; left out",
          column,
        );
      default:
        return sink.diagnose(
          "lists/geosite-type",
          `\`${type}:\` is none of domain, full, keyword, regexp, include`,
          column,
        );
    }
  }

  #include(name: string, column: number, context: Context): void {
    const { sink, above, filter } = context;
    const refuse = (message: string, help?: string): void =>
      sink.diagnose("lists/geosite-include", `${message}; left out`, column, help);
    if (!isListName(name))
      return refuse(
        `\`${name.slice(0, 80)}\` is no name of a list`,
        "a name has letters, digits, `-`, `_` and `!` only",
      );
    const chain = this.#options.name === undefined ? above : [this.#options.name, ...above];
    const seen = chain.findIndex((each) => each.toLowerCase() === name.toLowerCase());
    if (seen >= 0)
      return refuse(
        `the list \`${name}\` includes itself: ${[...chain.slice(seen), name].join(" > ")}`,
        "remove one of these includes",
      );
    const key = [name.toLowerCase(), ...filter].join(" ");
    if (this.#done.has(key)) return;
    if (this.#done.size >= MAX_INCLUDES)
      return refuse(`a list has ${MAX_INCLUDES} different includes at most`);
    if (above.length >= MAX_INCLUDE_DEPTH) return refuse(`includes lie ${MAX_INCLUDE_DEPTH} deep at most`);
    this.#done.add(key);
    const text = this.#options.include?.(name) ?? null;
    if (text === null && this.#sourcesOf(name).length === 0)
      return refuse(
        `the list \`${name}\` is not to be had`,
        "give the folder that has the lists of this one",
      );
    const inner = { ...context, above: [...above, name] };
    if (!this.#linesOf(name, text ?? "", inner) || !this.#added(name, inner))
      refuse(`what other lists bring beyond ${MAX_OTHER_LINES} lines is too much`);
  }

  /** After the last line: what other lists add to this one, and what is not known of them. */
  end(context: Context): void {
    const { name } = this.#options;
    const { sink } = context;
    const fault = (message: string) => sink.diagnose("lists/geosite-affiliation", message);
    if (name !== undefined && !this.#added(name, context))
      fault(`what other lists bring beyond ${MAX_OTHER_LINES} lines is too much; left out`);
    for (const each of this.#affiliations?.faults ?? []) fault(each);
  }

  // The lists that have rules for this one.
  #sourcesOf(name: string): readonly string[] {
    const { lists, include } = this.#options;
    if (lists === undefined || include === undefined) return [];
    this.#affiliations ??= findAffiliations(lists, include);
    const own = name.toLowerCase();
    return (this.#affiliations.sourcesOf.get(own) ?? []).filter((source) => source.toLowerCase() !== own);
  }

  #added(name: string, context: Context): boolean {
    return this.#sourcesOf(name).every((source) => {
      const text = this.#options.include?.(source) ?? "";
      return this.#linesOf(source, text, context, name.toLowerCase());
    });
  }

  // Reads the rules of another list, or those that it has for the list `target`. False where they are too many.
  #linesOf(list: string, text: string, context: Context, target?: string): boolean {
    const { sink, top, place } = context;
    let number = 0;
    for (const line of linesOf(text)) {
      this.#lines += costOf(line);
      number += 1;
      if (this.#lines > MAX_OTHER_LINES) break;
      const start = firstInk(line);
      if (start < 0 || (target !== undefined && !affiliationsOf(line).includes(target))) continue;
      const inner = { list, line: number, column: top };
      sink.within(inner);
      if (line.length > MAX_LINE_CHARS)
        sink.diagnose("lists/line-too-long", `a line has ${MAX_LINE_CHARS} characters at most`, 1);
      else this.rule(line.slice(start), start + 1, { ...context, place: inner });
    }
    sink.within(place);
    return this.#lines <= MAX_OTHER_LINES;
  }
}

function satisfies(attributes: readonly string[], wanted: string): boolean {
  return wanted.startsWith("-") ? !attributes.includes(wanted.slice(1)) : attributes.includes(wanted);
}
