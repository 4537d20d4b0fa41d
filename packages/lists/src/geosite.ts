import { firstInk, type LineHandler, type LineSink, readLines } from "./internal/line-reader.ts";
import { type ListReading, MAX_LINE_CHARS } from "./list-reading.ts";

/** How a list of a folder of lists is read. */
export interface GeositeOptions {
  /** Returns the text of an included list, or null where it is not to be had. Names have letters, digits, `-`, `_` and `!` only. */
  readonly include?: ((name: string) => string | null) | undefined;
  /** The name of the list itself, so that a list that includes it is a circle. */
  readonly name?: string | undefined;
  /** Only rules that have all of these attributes, or with a minus have it not: `cn`, `-ads`. */
  readonly attributes?: readonly string[] | undefined;
}

const MAX_INCLUDE_DEPTH = 16;

// Lines brought in by all includes together; a list that asks for more is hostile or broken.
const MAX_INCLUDED_LINES = 2_000_000;

// Different lists and filters that one list can ask for; the largest published one asks for a few hundred.
const MAX_INCLUDES = 5000;

// Names are those of files, so one with a slash or dot would lead elsewhere.
const LIST_NAME = /^[A-Za-z0-9!_-]+$/;

/**
 * Reads a geosite source list (v2fly domain-list-community): `domain:` or a bare name (with everything below), `full:`
 * (itself alone), `include:` with optional attribute filters, `@attributes`. `keyword:` and `regexp:` can not be matched
 * exactly and are left out and counted (`lists/geosite-keyword`, `lists/geosite-regexp`). `&affiliations` put a rule into another
 * list as well, and say nothing about this one.
 *
 * Errors: never fails; `lists/geosite-include` (a list that is not to be had, includes itself, has a name that is none, or is one too
 * many), `lists/geosite-type`, `lists/geosite-word`, `net/name-...`.
 * Diagnostics of an included list carry the line of the `include:` that brought it, and in `included` the place in that list.
 */
export function readGeosite(text: string, options: GeositeOptions = {}): ListReading {
  return readLines(text, geositeLines(options));
}

/** The reader of `readGeosite`, line by line. */
export function geositeLines(options: GeositeOptions = {}): LineHandler {
  const includes = new Includes(options);
  const filter = (options.attributes ?? []).map((each) => each.replace(/^@/, "").toLowerCase());
  return {
    line: (line, sink) => {
      const start = firstInk(line);
      if (start < 0) return;
      includes.rule(line.slice(start), start + 1, { sink, top: start + 1, place: null, above: [], filter });
    },
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
  #lines = 0;

  constructor(options: GeositeOptions) {
    this.#options = options;
  }

  rule(rule: string, column: number, context: Context): void {
    const { sink, filter } = context;
    const [head = "", ...words] = (rule.split("#", 1)[0] ?? "").trim().split(/\s+/);
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
    // The attributes of an include are a filter on what it brings, in addition to the filters above it.
    if (type === "include")
      return this.#include(value, column, { ...context, filter: [...filter, ...attributes] });
    if (!filter.every((wanted) => satisfies(attributes, wanted))) return;
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
    const { sink, top, place, above, filter } = context;
    const refuse = (message: string, help?: string): void =>
      sink.diagnose("lists/geosite-include", `${message}; left out`, column, help);
    if (!LIST_NAME.test(name))
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
    if (text === null)
      return refuse(
        `the list \`${name}\` is not to be had`,
        "give the folder that has the lists of this one",
      );
    for (const [index, line] of text.split("\n").entries()) {
      this.#lines += 1;
      if (this.#lines > MAX_INCLUDED_LINES) {
        sink.within(place);
        return refuse(`what includes bring beyond ${MAX_INCLUDED_LINES} lines is too much`);
      }
      const start = firstInk(line);
      if (start < 0) continue;
      const inner = { list: name, line: index + 1, column: top };
      sink.within(inner);
      if (line.length > MAX_LINE_CHARS)
        sink.diagnose("lists/line-too-long", `a line has ${MAX_LINE_CHARS} characters at most`, 1);
      else
        this.rule(line.slice(start), start + 1, { sink, top, place: inner, above: [...above, name], filter });
    }
    sink.within(place);
  }
}

function satisfies(attributes: readonly string[], wanted: string): boolean {
  return wanted.startsWith("-") ? !attributes.includes(wanted.slice(1)) : attributes.includes(wanted);
}
